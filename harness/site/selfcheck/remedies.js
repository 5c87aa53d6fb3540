/**
 * The smallest sets of criteria whose being met would make the outcome favourable, as `harness/assessment/remedies.py`
 * finds them. A set is a bit mask over the rules in the order of the policy.
 *
 * @typedef {import("./policy.js").Condition} Condition
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./evaluate.js").Readings} Readings
 * @typedef {import("./evaluate.js").Statuses} Statuses
 */

import {evaluate, ruleOf, statusOf} from "./evaluate.js";
import {MET} from "./policy.js";

const MOST = 10; // sets kept at each step and shown in the end; beyond that nobody reads on
const NOTHING = Object.freeze([0n]); // what is met needs nothing more

/**
 * Sets of criterion ids, the smallest first, none containing another; empty when the outcome is favourable.
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @returns {string[][]}
 */
export function remedySets(policy, readings, statuses) {
  const names = [...policy.rules.keys()];
  const finder = new Finder(policy, readings, statuses, names);
  const found = finder.sets(policy.necessaryWhen, 0n).filter((one) => one !== 0n);
  const named = (/** @type {bigint} */ one) => names.filter((_, number) => (one >> BigInt(number)) & 1n);
  const enough = (/** @type {bigint} */ one) => {
    const held = evaluate(policy, readings, new Set(named(one)));
    return statusOf(policy.necessaryWhen, readings, held) === MET;
  };
  return smallest(found.filter(enough).map((one) => pared(one, enough))).map(named);
}

/**
 * A set without what it does not need: parts that are found apart may share a criterion that serves both.
 *
 * @param {bigint} one
 * @param {(one: bigint) => boolean} enough
 * @returns {bigint}
 */
function pared(one, enough) {
  let kept = one;
  for (let number = one.toString(2).length - 1; number >= 0; number -= 1) {
    const less = kept & ~(1n << BigInt(number));
    if (less !== 0n && less !== kept && enough(less)) kept = less;
  }
  return kept;
}

class Finder {
  /**
   * @param {Policy} policy
   * @param {Readings} readings
   * @param {Statuses} statuses
   * @param {string[]} names
   */
  constructor(policy, readings, statuses, names) {
    this.policy = policy;
    this.readings = readings;
    this.statuses = statuses;
    this.bits = new Map(names.map((name, number) => [name, 1n << BigInt(number)]));
    /** @type {Map<string, readonly bigint[]>} */
    this.known = new Map();
  }

  /**
   * Minimal sets of criteria that would make a condition met; one empty set if it is, no set if none would.
   *
   * @param {Condition} condition
   * @param {bigint} own the rule that the condition is of: what a fact would have to show, that rule stands for
   * @returns {readonly bigint[]}
   */
  sets(condition, own) {
    if (statusOf(condition, this.readings, this.statuses) === MET) return NOTHING;
    const items = condition.items ?? [];
    const parts = () => items.map((item) => this.sets(item, own));
    switch (condition.kind) {
      case "rule":
        return condition.status === null || condition.status === MET ? this.rule(condition.rule ?? "", own) : [];
      case "all":
        return enoughOf(items.length, parts());
      case "any":
        return smallest(parts().flat());
      case "count":
        return enoughOf(condition.atLeast ?? 0, parts());
      case "compare":
      case "documented":
        return own === 0n ? [] : [own];
      default:
        return [];
    }
  }

  /**
   * A definition is part of the criterion that reads it; of the decision itself it stands for its own facts.
   *
   * @param {string} name
   * @param {bigint} reader
   * @returns {readonly bigint[]}
   */
  rule(name, reader) {
    const rule = ruleOf(this.policy, name);
    if (rule.kind !== "criterion" && rule.kind !== "definition") return [];
    const own = rule.kind === "definition" && reader !== 0n ? reader : (this.bits.get(name) ?? 0n);
    const key = `${name} ${own}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const below = this.sets(rule.when, own);
    const found = below.length > 0 || rule.kind === "definition" ? below : [own];
    this.known.set(key, found);
    return found;
  }
}

/**
 * Minimal sets for so many of the parts: part by part, the sets that make 0, 1, ... of them met.
 *
 * @param {number} atLeast
 * @param {(readonly bigint[])[]} parts
 * @returns {readonly bigint[]}
 */
function enoughOf(atLeast, parts) {
  const open = parts.filter((part) => !isNothing(part));
  const needed = atLeast - (parts.length - open.length);
  /** @type {(readonly bigint[])[]} */
  const reached = [NOTHING, ...Array.from({length: Math.max(needed, 0)}, () => [])];
  open.forEach((part, index) => {
    const fewest = Math.max(1, needed - (open.length - (index + 1)));
    for (let met = Math.min(needed, index + 1); met >= fewest; met -= 1) {
      const joined = reached[met - 1].flatMap((one) => part.map((other) => one | other));
      reached[met] = smallest([...reached[met], ...joined]);
    }
  });
  return reached[needed];
}

/** @param {readonly bigint[]} part @returns {boolean} */
function isNothing(part) {
  return part.length === 1 && part[0] === 0n;
}

/**
 * The sets that contain no other, the smallest first, and no more than anyone would read.
 *
 * @param {readonly bigint[]} sets
 * @returns {readonly bigint[]}
 */
function smallest(sets) {
  if (sets.length <= 1) return sets;
  const sized = [...new Set(sets)].map((one) => ({one, size: size(one)}));
  sized.sort((a, b) => a.size - b.size || (a.one < b.one ? -1 : 1));
  /** @type {bigint[]} */
  const kept = [];
  for (const {one} of sized) {
    if (kept.length === MOST) break;
    if (!kept.some((other) => (other & one) === other)) kept.push(one);
  }
  return kept;
}

/** @param {bigint} one @returns {number} */
function size(one) {
  return one.toString(2).replaceAll("0", "").length;
}
