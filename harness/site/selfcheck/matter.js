/**
 * Which rules an outcome rests on, as `harness/assessment/matter.py` has it: nothing below a branch that is already met
 * is ever given as a reason.
 *
 * @typedef {import("./policy.js").Condition} Condition
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./evaluate.js").Readings} Readings
 * @typedef {import("./evaluate.js").Statuses} Statuses
 * @typedef {{rule: string | null, aside: boolean, covered: boolean}} Inside where the walk is
 * @typedef {{rules: Set<string>, required: Set<string>, unsatisfied: Set<string>,
 *   bare: Map<string | null, Condition[]>, presumed: Map<string, Set<string>>}} Matter
 */

import {negated, readingOf, ruleOf, statusOf} from "./evaluate.js";
import {MET, NOT_MET, UNDOCUMENTED, factsIn, rulesIn} from "./policy.js";

const ASIDE = new Set(["exception", "consideration", "pitfall"]);
const ADVICE = new Set(["consideration", "pitfall"]);

/**
 * Walk from `necessary_when` to all that the outcome rests on.
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @returns {Matter}
 */
export function whatMatters(policy, readings, statuses) {
  const walker = new Walker(policy, readings, statuses);
  walker.visit(policy.necessaryWhen, MET, {rule: null, aside: false, covered: false});
  for (const rule of policy.rules.values()) {
    if (ADVICE.has(rule.kind) && statuses.get(rule.id) === MET) {
      for (const fact of leavesOf(rule.when).flatMap(factsIn)) walker.presumed(fact, rule.id);
    }
  }
  return walker.matter;
}

/**
 * @param {Condition} condition
 * @returns {Condition[]} its comparisons and questions whether something is documented
 */
export function leavesOf(condition) {
  if (condition.kind === "rule") return [];
  return condition.items === undefined ? [condition] : condition.items.flatMap(leavesOf);
}

/**
 * The rules that the decision reads, directly or not; an exception that it does not read bypasses nothing.
 *
 * @param {Policy} policy
 * @returns {Set<string>}
 */
export function decidedBy(policy) {
  const found = new Set(rulesIn(policy.necessaryWhen));
  for (const id of [...policy.order].reverse()) {
    if (found.has(id)) for (const read of ruleOf(policy, id).reads) found.add(read);
  }
  return found;
}

/**
 * Indices of the parts of a condition that its status rests on: one that has the wanted status by enough of its parts
 * rests on those alone.
 *
 * @param {string} kind
 * @param {number} status
 * @param {number | null} wanted
 * @param {number[]} statuses
 * @returns {number[]}
 */
function matteringChildren(kind, status, wanted, statuses) {
  const everything = statuses.map((_, index) => index);
  const enough = kind === "count" || kind === (wanted === MET ? "any" : "all");
  return wanted === null || status !== wanted || !enough
    ? everything
    : everything.filter((index) => statuses[index] === wanted);
}

class Walker {
  /**
   * @param {Policy} policy
   * @param {Readings} readings
   * @param {Statuses} statuses
   */
  constructor(policy, readings, statuses) {
    this.policy = policy;
    this.readings = readings;
    this.statuses = statuses;
    /** @type {Set<string>} */
    this.seen = new Set();
    /** @type {Matter} */
    this.matter = {
      rules: new Set(), required: new Set(), unsatisfied: new Set(), bare: new Map(), presumed: new Map(),
    };
  }

  /**
   * @param {Condition} condition
   * @param {number | null} wanted the status that would help; null where any might
   * @param {Inside} inside
   */
  visit(condition, wanted, inside) {
    const status = statusOf(condition, this.readings, this.statuses);
    const between = wanted !== null && status !== wanted;
    if (condition.kind === "rule") {
      this.rule(condition, wanted, between, inside);
    } else if (condition.kind === "not") {
      this.visit((condition.items ?? [])[0], wanted === null ? null : negated(wanted), inside);
    } else if (condition.items !== undefined) {
      const parts = condition.items.map((item) => statusOf(item, this.readings, this.statuses));
      for (const index of matteringChildren(condition.kind, status, wanted, parts)) {
        this.visit(condition.items[index], wanted, inside);
      }
    } else {
      this.leaf(condition, between, inside);
    }
  }

  /**
   * @param {Condition} condition
   * @param {boolean} between
   * @param {Inside} inside
   */
  leaf(condition, between, inside) {
    if (condition.kind === "compare") for (const fact of factsIn(condition)) this.presumed(fact, inside.rule);
    if (between && !inside.aside && !inside.covered) {
      const held = this.matter.bare.get(inside.rule) ?? [];
      this.matter.bare.set(inside.rule, [...held, condition]);
    }
  }

  /**
   * @param {Condition} condition
   * @param {number | null} wanted
   * @param {boolean} between
   * @param {Inside} inside
   */
  rule(condition, wanted, between, inside) {
    const rule = ruleOf(this.policy, condition.rule ?? "");
    const named = condition.status ?? null;
    let below = named === UNDOCUMENTED ? null : wanted;
    if (below !== null && named === NOT_MET) below = negated(below);
    const aside = inside.aside || ASIDE.has(rule.kind);
    this.matter.rules.add(rule.id);
    if (!aside) {
      this.matter.required.add(rule.id);
      if (between) this.matter.unsatisfied.add(rule.id);
    }
    const covered = inside.covered || rule.kind === "criterion";
    const key = `${rule.id} ${aside} ${covered} ${below}`;
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.visit(rule.when, below, {rule: rule.id, aside, covered});
    }
  }

  /**
   * @param {string} fact
   * @param {string | null} rule
   */
  presumed(fact, rule) {
    if (readingOf(this.readings, fact).state !== "presumed") return;
    const rules = this.matter.presumed.get(fact) ?? new Set();
    if (rule !== null) rules.add(rule);
    this.matter.presumed.set(fact, rules);
  }
}
