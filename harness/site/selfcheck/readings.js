/**
 * How every fact reads, given what is stated: stated, counted from a date, presumed or undocumented.
 *
 * Lengths that the program measures over treatment records are stated here as numbers.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Value} Value
 * @typedef {import("./evaluate.js").Reading} Reading
 * @typedef {import("./evaluate.js").Readings} Readings
 * @typedef {Map<string, Value>} Stated what a case states, by fact; a fact that is not documented is left out
 */

import {isInterval} from "./evaluate.js";
import {SCALE} from "./numbers.js";

export const REQUEST_DATE = "request.date";

/** @type {Reading} */
const UNDOCUMENTED_READING = Object.freeze({state: "undocumented", value: null});

/**
 * @param {Policy} policy
 * @param {Stated} stated
 * @returns {Readings}
 */
export function readingsOf(policy, stated) {
  const readings = new Map();
  const facts = [...policy.facts.values()];
  for (const fact of facts.filter((one) => !isDerived(one))) {
    readings.set(fact.id, stated.has(fact.id) ? documented(stated.get(fact.id)) : presumed(fact));
  }
  const today = dayOf(stated.get(REQUEST_DATE));
  for (const fact of facts.filter(isDerived)) {
    readings.set(fact.id, derived(fact, stated.get(fact.id), readings.get(fact.measure?.date ?? ""), today));
  }
  return readings;
}

/** @param {Fact} fact @returns {boolean} whether it is counted from a date fact */
export function isDerived(fact) {
  return fact.measure !== null && fact.measure.of === "days_since";
}

/**
 * @param {Fact} fact
 * @param {Value | undefined} stated
 * @param {Reading | undefined} source the reading of the date that it is counted from
 * @param {bigint | null} today the request date
 * @returns {Reading}
 */
function derived(fact, stated, source, today) {
  const day = source?.value ?? null;
  if (source !== undefined && day !== null && isInterval(day) && today !== null) {
    const value = daysSince(day, today);
    if (source.state === "documented") return documented(value);
    return stated === undefined ? {state: "presumed", value} : documented(stated);
  }
  return stated === undefined ? presumed(fact) : documented(stated);
}

/**
 * Days from a day to the request date, which is never before it.
 *
 * @param {Interval} day
 * @param {bigint} today
 * @returns {Interval}
 */
export function daysSince(day, today) {
  const since = (/** @type {bigint} */ bound) => (today > bound ? (today - bound) * SCALE : 0n);
  return {low: day.high === null ? 0n : since(day.high), high: day.low === null ? null : (today - day.low) * SCALE};
}

/** @param {Value | undefined} value @returns {Reading} */
function documented(value) {
  return value === undefined ? UNDOCUMENTED_READING : {state: "documented", value};
}

/** @param {Fact} fact @returns {Reading} */
function presumed(fact) {
  return fact.presumed === null ? UNDOCUMENTED_READING : {state: "presumed", value: fact.presumed};
}

/** @param {Value | undefined} value @returns {bigint | null} */
export function dayOf(value) {
  return value !== undefined && isInterval(value) ? value.low : null;
}
