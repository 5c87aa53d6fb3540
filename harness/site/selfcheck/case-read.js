/**
 * A case file into what it states under one policy. Only values are taken up; what is left aside is told in notices.
 * No message repeats a value.
 *
 * @typedef {import("./policy.js").Fact} Fact
 * @typedef {import("./policy.js").Interval} Interval
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Value} Value
 * @typedef {import("./readings.js").Stated} Stated
 * @typedef {import("./yaml.js").Content} Content
 * @typedef {{id: string, title: string, description: string, stated: Stated, notices: string[]}} LoadedCase
 */

import {parseDay, yearsBetween} from "./days.js";
import {isInterval} from "./evaluate.js";
import {SCALE, canBeStated, parseDecimal} from "./numbers.js";
import {REQUEST_DATE, dayOf, daysSince, isDerived} from "./readings.js";
import {Num} from "./yaml-scalar.js";
import {readYaml} from "./yaml.js";

const KEYS = new Set(["case", "title", "synthetic", "request", "patient", "facts", "episodes", "documents", "expect"]);
const OF_SERVICE = ["level", "side", "setting"];
const OLDEST = 130;
const DAYS_IN = {d: 1n, wk: 7n};

/** What a page cannot read of a case, in words. */
export class CaseError extends Error {}

/**
 * @param {string} text of the file
 * @param {Policy} policy
 * @returns {LoadedCase}
 */
export function readCase(text, policy) {
  const root = mappingAt(readYaml(text), "the file");
  for (const key of root.keys()) if (!KEYS.has(key)) throw new CaseError(`unknown key \`${key}\``);
  const id = textAt(root, "case");
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(id)) throw new CaseError("`case` is not an id; a case file begins with one");
  const request = mappingAt(root.get("request"), "`request`");
  const services = listAt(request.get("services"), "`services`").map((one) => mappingAt(one, "a service"));
  const service = serviceOf(services, policy);
  const stated = requested(request, service, mappingOrNone(root, "patient"), policy);
  const several = services.length > 1;
  for (const facts of [mappingOrNone(root, "facts"), mappingOrNone(service, "facts")]) {
    takeUp(facts, policy, stated, several);
  }
  dropDerived(policy, stated);
  const notices = [...noticesOf(root, policy), ...(several ? ["Only the service of this policy was taken up."] : [])];
  return {id, title: textAt(root, "title"), description: textAt(service, "description"), stated, notices};
}

/**
 * @param {Map<string, Content>[]} services
 * @param {Policy} policy
 * @returns {Map<string, Content>} the first service that is of this policy
 */
function serviceOf(services, policy) {
  const found = services.find((service) => {
    const [code, system] = [textAt(service, "code"), textAt(service, "system") || "CPT"];
    const applies = policy.appliesTo.some((those) => those.system === system && those.codes.includes(code));
    return textAt(service, "policy") === policy.id || (code !== "" && applies);
  });
  if (found === undefined) throw new CaseError(`the case requests no service under \`${policy.id}\``);
  return found;
}

/**
 * What the request and the patient state.
 *
 * @param {Map<string, Content>} request
 * @param {Map<string, Content>} service
 * @param {Map<string, Content>} patient
 * @param {Policy} policy
 * @returns {Stated}
 */
function requested(request, service, patient, policy) {
  /** @type {Stated} */
  const stated = new Map();
  const day = parseDay(textAt(request, "date"));
  if (day === null) throw new CaseError("the request has no `date` written \"YYYY-MM-DD\" in quotes");
  stated.set(REQUEST_DATE, {low: day, high: day});
  const words = [
    ...OF_SERVICE.map((key) => /** @type {[string, Content | undefined]} */ ([`request.${key}`, service.get(key)])),
    /** @type {[string, Content | undefined]} */ (["patient.sex", patient.get("sex")]),
  ];
  for (const [name, content] of words) {
    const fact = policy.facts.get(name);
    if (fact !== undefined && content !== undefined) stated.set(name, valueOf(content, fact, day));
  }
  const age = ageOf(patient, day);
  if (age !== null) stated.set("patient.age", {low: age, high: age});
  return stated;
}

/** @param {Map<string, Content>} patient @param {bigint} day @returns {bigint | null} */
function ageOf(patient, day) {
  const age = patient.get("age");
  if (age !== undefined) {
    if (!(age instanceof Num) || !/^[0-9]{1,3}$/.test(age.text) || Number(age.text) > OLDEST) {
      throw new CaseError("`age` is not a whole number of years");
    }
    return BigInt(age.text) * SCALE;
  }
  if (!patient.has("birth_date")) return null;
  const birth = parseDay(textAt(patient, "birth_date"));
  if (birth === null || birth > day || yearsBetween(birth, day) > OLDEST) {
    throw new CaseError("`birth_date` is no date before the request");
  }
  return BigInt(yearsBetween(birth, day)) * SCALE;
}

/**
 * @param {Map<string, Content>} facts
 * @param {Policy} policy
 * @param {Stated} stated
 * @param {boolean} several whether other services may own a fact that this policy does not know
 */
function takeUp(facts, policy, stated, several) {
  const day = dayOf(stated.get(REQUEST_DATE)) ?? 0n;
  for (const [name, content] of facts) {
    const fact = policy.facts.get(name);
    if (/^(request|patient)\./.test(name)) throw new CaseError(`\`${name}\` does not belong under \`facts\``);
    if (fact === undefined) {
      if (several) continue;
      throw new CaseError(`this policy reads no fact \`${name}\``);
    }
    for (const statement of statementsOf(content)) {
      const value = valueOf(statement.value, fact, day, statement.unit);
      const before = stated.get(name);
      if (before !== undefined && !same(before, value)) {
        throw new CaseError(`\`${name}\` is stated with different values; this page takes one, so keep the one that holds`);
      }
      stated.set(name, value);
    }
  }
}

/** @param {Content} content @returns {{value: Content, unit?: Content}[]} a bare value, a value with evidence, or several */
function statementsOf(content) {
  if (content instanceof Map && content.has("value")) {
    return [{value: /** @type {Content} */ (content.get("value")), unit: content.get("unit")}];
  }
  return Array.isArray(content) && content.some((one) => one instanceof Map)
    ? content.flatMap((one) => statementsOf(mappingAt(one, "a statement")))
    : [{value: content}];
}

/**
 * @param {Content} content
 * @param {Fact} fact
 * @param {bigint} today
 * @param {Content} [unit]
 * @returns {Value}
 */
function valueOf(content, fact, today, unit) {
  const wrong = (/** @type {string} */ what) => new CaseError(`\`${fact.id}\` ${what}`);
  if (unit !== undefined && fact.type !== "number") throw wrong("has a unit, and is not a number");
  switch (fact.type) {
    case "boolean":
      if (typeof content !== "boolean") throw wrong("is neither true nor false");
      return content;
    case "choice":
      if (typeof content !== "string" || !fact.choices.includes(content)) throw wrong("is not one of its choices");
      return content;
    case "set":
      return setOf(content, fact, wrong);
    case "text":
      if (typeof content !== "string" || content.trim() === "") throw wrong("is not a text");
      return content.trim();
    default:
      return intervalOf(content, fact, wrong, (one) =>
        fact.type === "date" ? dayIn(one, today, wrong) : numberIn(one, fact, wrong, unit));
  }
}

/** @typedef {(what: string) => CaseError} Wrong */

/** @param {Content} content @param {Fact} fact @param {Wrong} wrong @returns {Value} */
function setOf(content, fact, wrong) {
  if (!Array.isArray(content)) throw wrong("is not a list");
  const members = content.map((one) => {
    const known = typeof one === "string" && (fact.pattern?.test(one) ?? fact.choices.includes(one));
    if (!known) throw wrong(fact.system === null ? "holds what is none of its choices" : `holds no code of ${fact.system}`);
    return one;
  });
  if (new Set(members).size < members.length) throw wrong("names something twice");
  return new Set(members);
}

/**
 * @param {Content} content
 * @param {Fact} fact
 * @param {Wrong} wrong
 * @param {(one: Content) => bigint} bound
 * @returns {Interval}
 */
function intervalOf(content, fact, wrong, bound) {
  if (!(content instanceof Map)) {
    const one = bound(content);
    return {low: one, high: one};
  }
  const unknown = [...content.keys()].some((key) => key !== "at_least" && key !== "at_most");
  if (unknown || content.size === 0) throw wrong("is no range; write `at_least`, `at_most` or both");
  const end = (/** @type {string} */ key) => (content.has(key) ? bound(/** @type {Content} */ (content.get(key))) : null);
  const [low, high] = [end("at_least"), end("at_most")];
  if (low !== null && high !== null && low > high) throw wrong("is a range that ends before it begins");
  return {low, high};
}

/** @param {Content} content @param {bigint} today @param {Wrong} wrong @returns {bigint} */
function dayIn(content, today, wrong) {
  const day = typeof content === "string" ? parseDay(content) : null;
  if (day === null) throw wrong("is not a date in quotes");
  if (day > today) throw wrong("is after the request date");
  return day;
}

/** @param {Content} content @param {Fact} fact @param {Wrong} wrong @param {Content} [unit] @returns {bigint} */
function numberIn(content, fact, wrong, unit) {
  const number = content instanceof Num ? parseDecimal(content.text) : null;
  if (number === null || !canBeStated(number)) throw wrong("is not a number without quotes");
  const written = unit ?? fact.unit;
  const canonical = number * factor(written);
  const converts = factor(written) !== 0n && isLength(written) && isLength(fact.unit);
  if (written !== fact.unit && !converts) throw wrong("is in another unit than the policy asks for");
  const small = fact.minimum !== null && canonical < fact.minimum;
  if (small || (fact.maximum !== null && canonical > fact.maximum)) throw wrong("is outside the bounds that its policy sets");
  return canonical;
}

/** @param {Content | null} unit @returns {boolean} whether it is days or weeks, which convert into each other */
export function isLength(unit) {
  return unit === "d" || unit === "wk";
}

/** @param {Content | null} unit @returns {bigint} days in a unit that converts to days */
export function factor(unit) {
  return unit === "d" || unit === "wk" ? DAYS_IN[unit] : 1n;
}

/**
 * A number that its date gives too is left to the date; if the two differ, the case contradicts itself.
 *
 * @param {Policy} policy
 * @param {Stated} stated
 */
function dropDerived(policy, stated) {
  const today = dayOf(stated.get(REQUEST_DATE)) ?? 0n;
  for (const fact of [...policy.facts.values()].filter(isDerived)) {
    const [own, day] = [stated.get(fact.id), stated.get(fact.measure?.date ?? "")];
    if (own === undefined || day === undefined || !isInterval(day)) continue;
    if (!same(own, daysSince(day, today))) {
      throw new CaseError(`\`${fact.id}\` is stated otherwise than it is counted from \`${fact.measure?.date}\``);
    }
    stated.delete(fact.id);
  }
}

/** @param {Map<string, Content>} root @param {Policy} policy @returns {string[]} what was left aside, in sentences */
function noticesOf(root, policy) {
  const notices = [];
  const episodes = root.has("episodes") ? listAt(root.get("episodes"), "`episodes`").length : 0;
  if (episodes > 0) {
    const measured = [...policy.facts.values()].filter((fact) => fact.measure?.episodes !== undefined).length;
    const asked = measured > 0 ? ` Answer the ${measured} questions that say "From treatment records" yourself.` : "";
    const records = episodes === 1 ? "1 treatment record" : `${episodes} treatment records`;
    notices.push(`The file has ${records}, which this page does not measure; the program does.${asked}`);
  }
  if (root.has("documents")) notices.push("Documents and evidence were not taken up; this page holds answers only.");
  return notices;
}

/** @param {Value} one @param {Value} other @returns {boolean} */
export function same(one, other) {
  if (isInterval(one) && isInterval(other)) return one.low === other.low && one.high === other.high;
  if (one instanceof Set && other instanceof Set) return one.size === other.size && [...one].every((x) => other.has(x));
  return one === other;
}

/** @param {Content | undefined} content @param {string} name @returns {Map<string, Content>} */
function mappingAt(content, name) {
  if (!(content instanceof Map)) throw new CaseError(`${name} is missing, or not a mapping (key: value)`);
  return content;
}

/** @param {Map<string, Content>} holder @param {string} key @returns {Map<string, Content>} */
function mappingOrNone(holder, key) {
  return holder.has(key) ? mappingAt(holder.get(key), `\`${key}\``) : new Map();
}

/** @param {Content | undefined} content @param {string} name @returns {Content[]} */
function listAt(content, name) {
  if (!Array.isArray(content)) throw new CaseError(`${name} is missing, or not a list`);
  return content;
}

/** @param {Map<string, Content>} holder @param {string} key @returns {string} */
function textAt(holder, key) {
  const content = holder.get(key);
  return typeof content === "string" ? content : "";
}
