/**
 * What is typed into the controls of a fact, as a value or as what is wrong with it.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Value} Value
 * @typedef {{value: Value | null, error: string}} Entry no value and no error: not documented
 * @typedef {{how: string, first: string, last: string}} Typed of a number or a date
 */

import {factor} from "./case-read.js";
import {unitFor} from "./case-write.js";
import {parseDay, writeDay} from "./days.js";
import {SCALE, canBeStated, parseDecimal, writeDecimal} from "./numbers.js";
import {quantity} from "./wording.js";

const OLDEST = 130;

/** @type {Entry} */
export const NOTHING_TYPED = Object.freeze({value: null, error: ""});

/** @param {string} error @returns {Entry} */
function wrong(error) {
  return {value: null, error: `${error}. Until then it counts as not documented.`};
}

/**
 * @param {Typed} typed
 * @param {string} unit in which it is typed
 * @param {Fact} fact
 * @returns {Entry}
 */
export function numberEntry(typed, unit, fact) {
  return rangeEntry(typed, (text) => {
    const number = parseDecimal(text.trim());
    if (number === null || !canBeStated(number)) return "Write a number such as 6 or 2.5";
    const canonical = number * factor(unit);
    if (fact.minimum !== null && canonical < fact.minimum) return `It is at least ${quantity(fact.minimum, fact.unit)}`;
    if (fact.maximum !== null && canonical > fact.maximum) return `It is at most ${quantity(fact.maximum, fact.unit)}`;
    return canonical;
  });
}

/**
 * @param {Typed} typed
 * @param {bigint | null} today the request date
 * @returns {Entry}
 */
export function dateEntry(typed, today) {
  return rangeEntry(typed, (text) => {
    const day = parseDay(text);
    if (day === null) return "Write a day of the calendar";
    return today !== null && day > today ? "It cannot be after the request date" : day;
  });
}

/**
 * @param {Typed} typed
 * @param {(text: string) => bigint | string} bound a bound, or what is wrong with it
 * @returns {Entry}
 */
function rangeEntry({how, first, last}, bound) {
  const between = how === "between";
  if (first.trim() === "" && (!between || last.trim() === "")) return NOTHING_TYPED;
  if (between && (first.trim() === "" || last.trim() === "")) return wrong("Write both ends, or choose another word");
  const low = bound(first);
  const high = between ? bound(last) : low;
  if (typeof low === "string") return wrong(low);
  if (typeof high === "string") return wrong(high);
  if (low > high) return wrong("The first is the smaller of the two");
  return {value: {low: how === "at_most" ? null : low, high: how === "at_least" ? null : high}, error: ""};
}

/** @param {string} text @returns {Entry} */
export function ageEntry(text) {
  const typed = text.trim();
  if (typed === "") return NOTHING_TYPED;
  if (!/^[0-9]{1,3}$/.test(typed) || Number(typed) > OLDEST) return wrong("Write whole years, at most 130");
  const years = BigInt(typed) * SCALE;
  return {value: {low: years, high: years}, error: ""};
}

/**
 * @param {string} text
 * @param {boolean} none whether that there is none is documented
 * @param {Fact} fact
 * @returns {Entry}
 */
export function codesEntry(text, none, fact) {
  const codes = text.split(/[\s,;]+/).filter((code) => code !== "");
  if (none) return codes.length === 0 ? {value: new Set(), error: ""} : wrong("Either there are codes or there is none");
  if (codes.length === 0) return NOTHING_TYPED;
  const odd = codes.filter((code) => !(fact.pattern?.test(code) ?? true));
  if (odd.length > 0) return wrong(`${odd.slice(0, 3).join(", ")}: not a whole code of ${fact.system}`);
  return {value: new Set(codes), error: ""};
}

/** @param {string} text @returns {Entry} */
export function textEntry(text) {
  return text.trim() === "" ? NOTHING_TYPED : {value: text.trim(), error: ""};
}

/**
 * An interval as it would be typed.
 *
 * @param {Interval} value
 * @param {Fact} fact
 * @returns {Typed & {unit: string | null}}
 */
export function typedOf(value, fact) {
  const {low, high} = value;
  const unit = fact.type === "date" ? null : unitFor(fact, value);
  const write = (/** @type {bigint | null} */ bound) =>
    bound === null ? "" : fact.type === "date" ? writeDay(bound) : writeDecimal(bound / factor(unit));
  const how = low === null ? "at_most" : high === null ? "at_least" : low === high ? "exactly" : "between";
  return {how, first: write(low ?? high), last: how === "between" ? write(high) : "", unit};
}
