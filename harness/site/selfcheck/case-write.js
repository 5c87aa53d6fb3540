/**
 * What a form states into a case file that the program and this page read. A fact that is not documented is left out.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Value} Value
 * @typedef {import("./readings.js").Stated} Stated
 */

import {factor} from "./case-read.js";
import {writeDay} from "./days.js";
import {isInterval} from "./evaluate.js";
import {SCALE, canBeStated, writeDecimal} from "./numbers.js";
import {REQUEST_DATE, dayOf} from "./readings.js";
import {byCodePoint} from "./wording.js";

const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const LINE_BREAK = "\n";

/**
 * @param {Policy} policy
 * @param {Stated} stated
 * @param {{id: string, title: string, description: string}} about
 * @returns {string} the text of the file
 */
export function writeCase(policy, stated, about) {
  const day = dayOf(stated.get(REQUEST_DATE));
  if (day === null) throw new Error("a case needs its request date");
  const facts = [...policy.facts.values()].filter((fact) => stated.has(fact.id) && !isBuiltIn(fact.id));
  const age = dayOf(stated.get("patient.age"));
  const patient = [
    ...(age === null ? [] : [`  age: ${age / SCALE}`]),
    ...word(stated, "patient.sex", "  sex"),
  ];
  const title = about.title ? [`title: ${quoted(about.title)}`] : [];
  const description = about.description ? [`      description: ${quoted(about.description)}`] : [];
  return [
    `case: ${about.id}`,
    ...title,
    "request:",
    `  date: "${writeDay(day)}"`,
    "  services:",
    `    - policy: ${policy.id}`,
    ...description,
    ...["level", "side", "setting"].flatMap((key) => word(stated, `request.${key}`, `      ${key}`)),
    ...(patient.length > 0 ? ["patient:", ...patient] : []),
    ...(facts.length > 0 ? ["facts:"] : []),
    ...facts.map((fact) => `  ${fact.id}: ${content(fact, /** @type {Value} */ (stated.get(fact.id)))}`),
    "",
  ].join(LINE_BREAK);
}

/** @param {string} fact @returns {boolean} whether every request and patient has it */
export function isBuiltIn(fact) {
  return /^(request|patient)\./.test(fact);
}

/** @param {Stated} stated @param {string} fact @param {string} key @returns {string[]} */
function word(stated, fact, key) {
  const value = stated.get(fact);
  return typeof value === "string" ? [`${key}: ${quoted(value)}`] : [];
}

/** @param {Fact} fact @param {Value} value @returns {string} */
function content(fact, value) {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (!isInterval(value)) return `[${[...value].sort(byCodePoint).map(quoted).join(", ")}]`;
  if (fact.type === "date") return range(value, (bound) => `"${writeDay(bound)}"`);
  const unit = unitFor(fact, value);
  const written = range(value, (bound) => writeDecimal(bound / factor(unit)));
  return unit === fact.unit ? written : `{value: ${written}, unit: ${unit}}`;
}

/**
 * The unit in which a number can be written exactly: the fact's own, else days or weeks.
 *
 * @param {Fact} fact
 * @param {Interval} value
 * @returns {string | null}
 */
export function unitFor(fact, value) {
  const bounds = [value.low, value.high].filter((bound) => bound !== null);
  const fits = (/** @type {string | null} */ unit) =>
    bounds.every((bound) => bound % factor(unit) === 0n && canBeStated(bound / factor(unit)));
  const units = factor(fact.unit) > 1n || fact.unit === "d" ? [fact.unit, "d", "wk"] : [fact.unit];
  const found = units.find(fits);
  if (found === undefined) throw new Error(`no case file can state ${fact.id} as exactly as that`);
  return found;
}

/** @param {Interval} value @param {(bound: bigint) => string} write @returns {string} */
function range(value, write) {
  const {low, high} = value;
  if (low !== null && low === high) return write(low);
  const ends = [low === null ? [] : [`at_least: ${write(low)}`], high === null ? [] : [`at_most: ${write(high)}`]];
  return `{${ends.flat().join(", ")}}`;
}

/** @param {string} text @returns {string} in quotes, with nothing in it that would end them */
function quoted(text) {
  const escape = (/** @type {string} */ sign) => {
    if (sign === '"' || sign === "\\") return `\\${sign}`;
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  };
  const whole = text.replace(/[\ud800-\udfff]/gu, "\ufffd").replace(ESCAPED, escape);
  return `"${whole}"`;
}
