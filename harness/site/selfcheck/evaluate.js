/**
 * The semantics, as `harness/evaluate.py` has them: strong Kleene logic over not met < undocumented < met, a comparison
 * that a range does not settle is undocumented, and nothing is presumed that the policy does not presume.
 *
 * @typedef {import("./policy.js").Condition} Condition
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Value} Value
 * @typedef {{state: "documented" | "presumed" | "undocumented", value: Value | null}} Reading
 * @typedef {Map<string, Reading>} Readings of every fact of the policy
 * @typedef {Map<string, number>} Statuses
 */

import {MET, NOT_MET, UNDOCUMENTED} from "./policy.js";

export const NECESSARY = "medically_necessary";
export const NOT_NECESSARY = "not_medically_necessary";
export const MORE_INFORMATION = "more_information";

/**
 * The status of every rule of a policy.
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {ReadonlySet<string>} [met] rules that are taken as met, whatever they say
 * @returns {Statuses}
 */
export function evaluate(policy, readings, met = new Set()) {
  const statuses = new Map();
  for (const id of policy.order) {
    statuses.set(id, met.has(id) ? MET : statusOf(ruleOf(policy, id).when, readings, statuses));
  }
  return statuses;
}

/**
 * The outcome that the rules' statuses make. If only criteria that themselves ask for more information stand between,
 * more information is asked for (docs/decisions/0003).
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @returns {string}
 */
export function outcomeOf(policy, readings, statuses) {
  const status = statusOf(policy.necessaryWhen, readings, statuses);
  if (status === MET) return NECESSARY;
  if (status === NOT_MET) return NOT_NECESSARY;
  const asks = (/** @type {string} */ id) =>
    statuses.get(id) === UNDOCUMENTED && ruleOf(policy, id).whenUndocumented === MORE_INFORMATION;
  const asked = new Set(policy.order.filter(asks));
  if (asked.size > 0) {
    const otherwise = evaluate(policy, readings, asked);
    if (statusOf(policy.necessaryWhen, readings, otherwise) === MET) return MORE_INFORMATION;
  }
  return policy.whenUndocumented;
}

/**
 * @param {Policy} policy
 * @param {string} id
 */
export function ruleOf(policy, id) {
  const rule = policy.rules.get(id);
  if (rule === undefined) throw new Error(`the policy has no rule ${id}`);
  return rule;
}

/**
 * @param {Readings} readings
 * @param {string | undefined} fact
 * @returns {Reading}
 */
export function readingOf(readings, fact) {
  const reading = readings.get(fact ?? "");
  if (reading === undefined) throw new Error(`the policy has no fact ${fact}`);
  return reading;
}

/**
 * The status of one condition, the statuses of the rules it refers to given.
 *
 * @param {Condition} condition
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @returns {number}
 */
export function statusOf(condition, readings, statuses) {
  const items = () => (condition.items ?? []).map((item) => statusOf(item, readings, statuses));
  switch (condition.kind) {
    case "compare": {
      const right = condition.other === undefined ? condition.value : readingOf(readings, condition.other).value;
      return compare(readingOf(readings, condition.fact).value, condition.operator ?? "", right ?? null);
    }
    case "documented":
      return ofTruth((readingOf(readings, condition.fact).state === "documented") === condition.expected);
    case "rule": {
      const held = statuses.get(condition.rule ?? "") ?? NOT_MET;
      return condition.status === null ? held : ofTruth(held === condition.status);
    }
    case "all":
      return Math.min(...items());
    case "any":
      return Math.max(...items());
    case "not":
      return negated(items()[0]);
    case "count":
      return countStatus(condition.atLeast ?? 0, items());
    default:
      throw new Error(`the policy has a condition of an unknown kind, ${condition.kind}`);
  }
}

/** @param {number} status @returns {number} */
export function negated(status) {
  return 2 - status;
}

/**
 * Met when enough are met; not met when too few still could be.
 *
 * @param {number} atLeast
 * @param {number[]} statuses
 * @returns {number}
 */
function countStatus(atLeast, statuses) {
  if (statuses.filter((status) => status === MET).length >= atLeast) return MET;
  return statuses.filter((status) => status !== NOT_MET).length >= atLeast ? UNDOCUMENTED : NOT_MET;
}

/** @param {boolean} truth @returns {number} */
function ofTruth(truth) {
  return truth ? MET : NOT_MET;
}

/**
 * @param {Value | null} left
 * @param {string} operator
 * @param {Value | string[] | null} right
 * @returns {number}
 */
function compare(left, operator, right) {
  if (left === null || right === null) return UNDOCUMENTED; // two undocumented things are not equal either
  switch (operator) {
    case "is":
      return equal(left, right);
    case "is_not":
      return negated(equal(left, right));
    case "in":
      return ofTruth(several(right).includes(String(left)));
    case "not_in":
      return ofTruth(!several(right).includes(String(left)));
    case "at_least":
      return atLeast(asInterval(left), asInterval(right));
    case "less_than":
      return negated(atLeast(asInterval(left), asInterval(right)));
    case "at_most":
      return atLeast(asInterval(right), asInterval(left));
    case "more_than":
      return negated(atLeast(asInterval(right), asInterval(left)));
    case "includes":
      return ofTruth(several(right).every((one) => included(one, left)));
    case "includes_any":
      return ofTruth(several(right).some((one) => included(one, left)));
    case "excludes":
      return ofTruth(!several(right).some((one) => included(one, left)));
    default:
      throw new Error(`the policy compares by an unknown operator, ${operator}`);
  }
}

/**
 * @param {Value} left
 * @param {Value | string[]} right
 * @returns {number}
 */
function equal(left, right) {
  if (!isInterval(left) || !isInterval(right)) return ofTruth(left === right);
  if (left.low !== null && left.low === left.high && left.low === right.low && left.high === right.high) return MET;
  const possible = atLeast(left, right) !== NOT_MET && atLeast(right, left) !== NOT_MET;
  return possible ? UNDOCUMENTED : NOT_MET;
}

/**
 * @param {Interval} left
 * @param {Interval} right
 * @returns {number}
 */
function atLeast(left, right) {
  if (left.low !== null && right.high !== null && left.low >= right.high) return MET;
  if (left.high !== null && right.low !== null && left.high < right.low) return NOT_MET;
  return UNDOCUMENTED;
}

/**
 * @param {Value | string[]} value
 * @returns {value is Interval}
 */
export function isInterval(value) {
  return typeof value === "object" && "low" in value;
}

/** @param {Value | string[]} value @returns {Interval} */
function asInterval(value) {
  if (!isInterval(value)) throw new Error("the policy orders what has no order");
  return value;
}

/**
 * The right-hand side of a set operator or `in` as several: the listed ones, another set, or one choice.
 *
 * @param {Value | string[]} right
 * @returns {string[]}
 */
function several(right) {
  if (Array.isArray(right)) return right;
  return right instanceof Set ? [...right] : [String(right)];
}

/**
 * Whether a set holds a choice or code; `M51.1-` stands for any code of its family.
 *
 * @param {string} code
 * @param {Value} held
 * @returns {boolean}
 */
function included(code, held) {
  if (!(held instanceof Set)) throw new Error("the policy looks into what is no set");
  return code.endsWith("-") ? [...held].some((one) => one.startsWith(code.slice(0, -1))) : held.has(code);
}
