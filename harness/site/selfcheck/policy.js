/**
 * The compiled policy read: values by the types of their facts, conditions as tagged objects.
 *
 * @typedef {{low: bigint | null, high: bigint | null}} Interval a number or day between inclusive bounds
 * @typedef {boolean | string | Interval | ReadonlySet<string>} Value
 * @typedef {{id: string, type: string, question: string, lookFor: string, unit: string | null,
 *   minimum: bigint | null, maximum: bigint | null, choices: string[], system: string | null, pattern: RegExp | null,
 *   presumed: Value | null, measure: {of: string, date?: string, episodes?: string[], within?: string} | null}} Fact
 * @typedef {string | {fact: string}} Part of a sentence
 * @typedef {{kind: string, fact?: string, operator?: string, value?: Value | string[], other?: string, text?: string,
 *   expected?: boolean, rule?: string, status?: number | null, items?: Condition[], atLeast?: number}} Condition
 * @typedef {{id: string, kind: string, topic: string | null, title: string, says: Part[][], submit: string,
 *   urgency: string | null, whenUndocumented: string | null, facts: string[], when: Condition,
 *   reads: Set<string>}} Rule
 * @typedef {{id: string, title: string, effective: string, until: string | null, hash: string,
 *   appliesTo: {system: string, codes: string[]}[], topics: {id: string, title: string}[],
 *   groups: {title: string, facts: string[]}[], facts: Map<string, Fact>, rules: Map<string, Rule>, order: string[],
 *   says: Record<string, Part[]>, whenUndocumented: string, necessaryWhen: Condition}} Policy
 */

import {parseDay} from "./days.js";
import {parseDecimal} from "./numbers.js";

export const FORMAT = 1;

export const NOT_MET = 0;
export const UNDOCUMENTED = 1;
export const MET = 2;

export const STATUS_NAMES = ["not_met", "undocumented", "met"];

const LISTS = new Set(["in", "not_in", "includes", "includes_any", "excludes"]);

/**
 * @param {any} raw the compiled policy, as JSON has it
 * @returns {Policy}
 */
export function readPolicy(raw) {
  if (raw.format !== FORMAT) throw new Error("the policy was compiled for another version of this script");
  const facts = new Map(raw.facts.map((/** @type {any} */ fact) => [fact.id, readFact(fact)]));
  return {
    id: raw.policy,
    title: raw.title,
    effective: raw.effective,
    until: raw.until ?? null,
    hash: raw.hash,
    appliesTo: raw.applies_to,
    topics: raw.topics,
    groups: raw.groups,
    facts,
    rules: new Map(raw.rules.map((/** @type {any} */ rule) => [rule.id, readRule(rule, facts)])),
    order: raw.order,
    says: raw.decision.says,
    whenUndocumented: raw.decision.when_undocumented,
    necessaryWhen: readCondition(raw.decision.necessary_when, facts),
  };
}

/**
 * @param {any} raw
 * @returns {Fact}
 */
function readFact(raw) {
  const bound = (/** @type {string | undefined} */ text) => (text === undefined ? null : decimal(text));
  return {
    id: raw.id,
    type: raw.type,
    question: raw.question,
    lookFor: raw.look_for,
    unit: raw.unit ?? null,
    minimum: bound(raw.minimum),
    maximum: bound(raw.maximum),
    choices: raw.choices ?? [],
    system: raw.system ?? null,
    pattern: raw.pattern === undefined ? null : new RegExp(`^(?:${raw.pattern})$`),
    presumed: raw.presumed === undefined ? null : readValue(raw.presumed, raw.type),
    measure: raw.measure ?? null,
  };
}

/**
 * @param {any} raw
 * @param {Map<string, Fact>} facts
 * @returns {Rule}
 */
function readRule(raw, facts) {
  const when = readCondition(raw.when, facts);
  return {
    id: raw.id,
    kind: raw.kind,
    topic: raw.topic ?? null,
    title: raw.title,
    says: STATUS_NAMES.map((name) => raw.says[name]),
    submit: raw.submit ?? "",
    urgency: raw.urgency ?? null,
    whenUndocumented: raw.when_undocumented ?? null,
    facts: raw.facts,
    when,
    reads: new Set(rulesIn(when)),
  };
}

/**
 * @param {any} raw
 * @param {string} type of the fact whose value it is
 * @returns {Value}
 */
export function readValue(raw, type) {
  if (type === "number" || type === "date") {
    const bound = (/** @type {string | undefined} */ text) =>
      text === undefined ? null : type === "date" ? day(text) : decimal(text);
    return typeof raw === "string"
      ? {low: bound(raw), high: bound(raw)}
      : {low: bound(raw.at_least), high: bound(raw.at_most)};
  }
  return type === "set" ? new Set(raw) : raw;
}

/**
 * @param {any} raw
 * @param {Map<string, Fact>} facts
 * @returns {Condition}
 */
function readCondition(raw, facts) {
  const below = (/** @type {any[]} */ items) => items.map((item) => readCondition(item, facts));
  if ("all" in raw) return {kind: "all", items: below(raw.all)};
  if ("any" in raw) return {kind: "any", items: below(raw.any)};
  if ("not" in raw) return {kind: "not", items: below([raw.not])};
  if ("count" in raw) return {kind: "count", atLeast: raw.count.at_least, items: below(raw.count.of)};
  if ("rule" in raw) {
    return {kind: "rule", rule: raw.rule, status: "status" in raw ? STATUS_NAMES.indexOf(raw.status) : null};
  }
  const {fact, text} = raw;
  if ("documented" in raw) return {kind: "documented", fact, expected: raw.documented, text};
  const operator = Object.keys(raw).find((key) => key !== "fact" && key !== "text") ?? "";
  const operand = raw[operator];
  const type = facts.get(fact)?.type ?? "";
  if (typeof operand === "object" && "fact" in operand) {
    return {kind: "compare", fact, operator, other: operand.fact, text};
  }
  const value = LISTS.has(operator) ? operand : readValue(operand, type);
  return {kind: "compare", fact, operator, value, text};
}

/**
 * @param {Condition} condition
 * @returns {string[]} the rules that it refers to
 */
export function rulesIn(condition) {
  return condition.kind === "rule" ? [condition.rule ?? ""] : (condition.items ?? []).flatMap(rulesIn);
}

/**
 * @param {Condition} condition a comparison or a question whether something is documented
 * @returns {string[]} the facts that it reads
 */
export function factsIn(condition) {
  return [condition.fact, condition.other].filter((name) => name !== undefined);
}

/** @param {string} text @returns {bigint} */
function decimal(text) {
  const number = parseDecimal(text);
  if (number === null) throw new Error("the compiled policy holds a number that is none");
  return number;
}

/** @param {string} text @returns {bigint} */
function day(text) {
  const number = parseDay(text);
  if (number === null) throw new Error("the compiled policy holds a date that is none");
  return number;
}
