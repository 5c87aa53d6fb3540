/**
 * Values in plain English, as `harness/model/wording.py` has them.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Part} Part
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Value} Value
 * @typedef {import("./evaluate.js").Reading} Reading
 * @typedef {import("./evaluate.js").Readings} Readings
 */

import {dayWords} from "./days.js";
import {isInterval} from "./evaluate.js";
import {SCALE, writeDecimal} from "./numbers.js";

export const NOT_DOCUMENTED = "not documented";

/** @type {Record<string, [string, string]>} */
const UNIT_WORDS = {
  d: ["day", "days"],
  wk: ["week", "weeks"],
  mo: ["month", "months"],
  a: ["year", "years"],
  h: ["hour", "hours"],
  min: ["minute", "minutes"],
};
const WEEK = 7n * SCALE;

/**
 * A sentence with the values of a case in their places.
 *
 * @param {Part[]} parts
 * @param {Policy} policy
 * @param {Readings} readings
 * @returns {string}
 */
export function said(parts, policy, readings) {
  const words = (/** @type {Part} */ part) => {
    if (typeof part === "string") return part;
    const [fact, reading] = [policy.facts.get(part.fact), readings.get(part.fact)];
    return fact === undefined || reading === undefined ? NOT_DOCUMENTED : readingText(reading, fact);
  };
  return parts.map(words).join("");
}

/**
 * @param {Reading} reading
 * @param {Fact} fact
 * @returns {string} a presumption said openly: `no (presumed)`
 */
export function readingText(reading, fact) {
  const text = valueText(reading.value, fact);
  return reading.state === "presumed" ? `${text} (presumed)` : text;
}

/**
 * @param {Value | null} value
 * @param {Fact} fact
 * @returns {string} `41 days`, `at most 14 days`, `yes`, `24 November 2025`
 */
export function valueText(value, fact) {
  if (value === null) return NOT_DOCUMENTED;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (isInterval(value)) return intervalText(value, fact);
  return [...value].sort(byCodePoint).join(", ") || "none";
}

/**
 * @param {Interval} value
 * @param {Fact} fact
 * @returns {string}
 */
function intervalText(value, fact) {
  const isDate = fact.type === "date";
  const say = (/** @type {bigint} */ bound) => (isDate ? dayWords(bound) : quantity(bound, fact.unit));
  if (value.low === null) return `${isDate ? "on or before" : "at most"} ${say(value.high ?? 0n)}`;
  if (value.high === null) return `${isDate ? "on or after" : "at least"} ${say(value.low)}`;
  const [low, high] = [say(value.low), say(value.high)];
  if (value.low === value.high) return low;
  const shorter = !isDate && sameUnit(low, high) ? low.split(" ", 1)[0] : low;
  return `between ${shorter} and ${high}`;
}

/** @param {string} low @param {string} high @returns {boolean} */
function sameUnit(low, high) {
  const unit = (/** @type {string} */ text) => text.split(" ").slice(1).join(" ").replace(/s$/, "");
  return unit(low) === unit(high);
}

/**
 * A canonical number with its unit, in words: `6 weeks`, `5 weeks 6 days`, `450 mL`, `18 visits`.
 *
 * @param {bigint} number
 * @param {string | null} unit
 * @returns {string}
 */
export function quantity(number, unit) {
  if (number < 0n) return `-${quantity(-number, unit)}`;
  if (unit === "wk" && number % WEEK !== 0n) {
    const [weeks, days] = [(number / WEEK) * SCALE, number % WEEK];
    const rest = withWords(days, "d");
    return weeks === 0n ? rest : `${withWords(weeks, "wk")} ${rest}`;
  }
  return withWords(unit === "wk" ? number / 7n : number, unit);
}

/** @param {bigint} number @param {string | null} unit @returns {string} */
function withWords(number, unit) {
  const text = writeDecimal(number);
  if (unit === null) return text;
  const one = number === SCALE;
  if (Object.hasOwn(UNIT_WORDS, unit)) return `${text} ${UNIT_WORDS[unit][one ? 0 : 1]}`;
  if (unit.startsWith("{")) {
    const word = unit.replace(/^[{}]+|[{}]+$/g, "");
    return `${text} ${one ? word.replace(/s$/, "") : word}`;
  }
  return unit === "%" ? `${text}%` : `${text} ${unit}`;
}

/**
 * The order in which Python sorts texts.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function byCodePoint(a, b) {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index].codePointAt(0) ?? 0) - (right[index].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
