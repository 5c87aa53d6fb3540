/**
 * A result on the page: the outcome, what stands between, what to submit, and what the rest rests on. Each status is a
 * sign and a word, so that no colour is needed to read it.
 *
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./evaluate.js").Readings} Readings
 * @typedef {import("./assess.js").Finding} Finding
 * @typedef {import("./assess.js").Result} Result
 * @typedef {{policy: Policy, ruleHref: string, fieldOf: (fact: string) => HTMLElement | null}} Page
 */

import {make} from "./elements.js";
import {MORE_INFORMATION, NECESSARY, NOT_NECESSARY} from "./evaluate.js";
import {DECISION} from "./assess.js";
import {STATUS_NAMES} from "./policy.js";
import {readingText} from "./wording.js";

/** @type {Record<string, string>} */
const OUTCOMES = {
  [NECESSARY]: "Medically necessary",
  [NOT_NECESSARY]: "Not medically necessary at this time",
  [MORE_INFORMATION]: "More information needed",
};
/** @type {Record<string, string>} */
const TONES = {[NECESSARY]: "met", [NOT_NECESSARY]: "not_met", [MORE_INFORMATION]: "undocumented"};
const SIGNS = ["✗", "?", "✓"];
const WORDS = ["Not met", "Not documented", "Met"];
const EXCEPTIONS = ["Does not apply", "Not documented", "Applies"];
const SETS_SHOWN = 3;
const ONE_SET = "If all of these were met, the outcome would be favourable.";
const SEVERAL_SETS = "If all of any one of these sets were met, the outcome would be favourable.";
const ADVISES_NOBODY = "That is no advice to change a clinical finding.";

/**
 * @param {Result} result
 * @returns {string} the result in one line, for the bar and for screen readers
 */
export function summary(result) {
  const missing = result.deficiencies.length;
  const reasons = missing === 0 ? "nothing missing" : missing === 1 ? "1 reason" : `${missing} reasons`;
  return `${OUTCOMES[result.outcome]}: ${reasons}`;
}

/**
 * @param {Result} result
 * @param {Readings} readings
 * @param {Page} page
 * @returns {HTMLElement[]} the parts of the result, in reading order
 */
export function resultParts(result, readings, page) {
  const of = (/** @type {string[]} */ ...roles) => result.findings.filter((one) => roles.includes(one.role));
  return [
    outcomePart(result),
    ...listPart("What is missing or not met", of("deficiency").map((one) => findingItem(one, page, WORDS))),
    ...listPart("What to submit", result.submissions.map(submissionItem)),
    ...listPart("Met", of("met").map((one) => findingItem(one, page, WORDS))),
    ...listPart("Exceptions", of("exception").map((one) => findingItem(one, page, EXCEPTIONS))),
    ...listPart("To consider", of("consideration", "pitfall").map((one) => adviceItem(one, page))),
    ...listPart("Presumed, not documented", result.presumptions.map((one) => presumedItem(one))),
    ...remedyParts(result, page),
    answersPart(readings, page.policy),
  ];
}

/** @param {Result} result @returns {HTMLElement} */
function outcomePart(result) {
  const tone = TONES[result.outcome];
  const sign = make("span", "nc-sign", SIGNS[STATUS_NAMES.indexOf(tone)]);
  sign.setAttribute("aria-hidden", "true");
  const headline = make("p", "nc-headline", sign, ` ${OUTCOMES[result.outcome]}`);
  return make("div", `nc-outcome nc-${tone}`, headline, make("p", "", result.says));
}

/** @param {string} title @param {HTMLElement[]} items @returns {HTMLElement[]} nothing where there are no items */
function listPart(title, items) {
  return items.length === 0 ? [] : [make("h3", "nc-heading", title), make("ul", "nc-list", ...items)];
}

/** @param {Finding} finding @param {Page} page @param {string[]} words @returns {HTMLElement} */
function findingItem(finding, page, words) {
  const name = STATUS_NAMES[finding.status];
  const sign = make("span", "nc-sign", SIGNS[finding.status]);
  sign.setAttribute("aria-hidden", "true");
  const status = make("span", "nc-status", sign, ` ${words[finding.status]}: `);
  const kind = finding.role === "exception" ? "nc-exception" : `nc-required nc-${name}`;
  const item = make("li", `nc-finding ${kind}`, make("p", "nc-name", status, titleOf(finding, page)));
  item.dataset.rule = finding.rule;
  item.append(make("p", "nc-says", finding.says));
  if (finding.role === "deficiency") item.append(...questionsOf(finding, page));
  return item;
}

/** @param {Finding} finding @param {Page} page @returns {HTMLElement} */
function titleOf(finding, page) {
  if (page.ruleHref === "" || finding.rule === DECISION) return make("span", "", finding.title);
  const link = make("a", "", finding.title);
  link.setAttribute("href", `${page.ruleHref}${finding.rule}`);
  return link;
}

/** @param {Finding} finding @param {Page} page @returns {HTMLElement[]} links to the questions that it rests on */
function questionsOf(finding, page) {
  const items = [];
  for (const id of finding.facts) {
    const field = page.fieldOf(id);
    if (field === null) continue;
    const link = make("a", "", page.policy.facts.get(id)?.question ?? id);
    link.setAttribute("href", `#${field.id}`);
    link.dataset.goto = id;
    items.push(make("li", "", link));
  }
  if (items.length === 0) return [];
  const label = items.length === 1 ? "The question it rests on" : `The ${items.length} questions it rests on`;
  return [make("details", "nc-questions", make("summary", "", label), make("ul", "", ...items))];
}

/** @param {import("./assess.js").Submission} submission @returns {HTMLElement} */
function submissionItem(submission) {
  const box = make("span", "nc-box");
  const urgent = submission.urgency === null ? [] : [make("strong", "", `${capital(submission.urgency)}: `)];
  return make("li", "nc-submit", box, make("span", "", ...urgent, submission.submit));
}

/** @param {Finding} finding @param {Page} page @returns {HTMLElement} */
function adviceItem(finding, page) {
  const urgency = finding.urgency === null ? "" : `${capital(finding.urgency)}: `;
  const kind = finding.role === "pitfall" ? "Pitfall: " : "";
  const name = make("p", "nc-name", make("span", "nc-status", `${urgency}${kind}`), titleOf(finding, page));
  const item = make("li", "nc-finding", name, make("p", "nc-says", finding.says));
  item.dataset.rule = finding.rule;
  return item;
}

/** @param {string} word @returns {string} */
function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @param {import("./assess.js").Presumption} presumption @returns {HTMLElement} */
function presumedItem({question, text, lookFor}) {
  return make("li", "nc-plain", `${question} ${text}. Look for: ${lookFor}`);
}

/** @param {Result} result @param {Page} page @returns {HTMLElement[]} */
function remedyParts(result, page) {
  const sets = result.remedies.slice(0, SETS_SHOWN);
  if (sets.length === 0) return [];
  const title = (/** @type {string} */ id) => page.policy.rules.get(id)?.title ?? id;
  const items = sets.map((rules) => make("li", "nc-plain", rules.map(title).join("; ")));
  const more = result.remedies.length > SETS_SHOWN ? ` ${result.remedies.length - SETS_SHOWN} more sets would do.` : "";
  const says = `${sets.length === 1 ? ONE_SET : SEVERAL_SETS}${more} ${ADVISES_NOBODY}`;
  const heading = sets.length === 1 ? "The smallest change" : "The smallest changes";
  return [make("h3", "nc-heading", heading), make("p", "nc-says", says), make("ul", "nc-list", ...items)];
}

/** @param {Readings} readings @param {Policy} policy @returns {HTMLElement} the answers, for the printed checklist */
function answersPart(readings, policy) {
  const rows = [];
  for (const id of policy.groups.flatMap((group) => group.facts)) {
    const [fact, reading] = [policy.facts.get(id), readings.get(id)];
    if (fact === undefined || reading === undefined || reading.state !== "documented") continue;
    rows.push(make("div", "nc-row", make("dt", "", fact.question), make("dd", "", readingText(reading, fact))));
  }
  const list = rows.length > 0 ? make("dl", "", ...rows) : make("p", "", "Nothing is stated as documented.");
  return make("div", "nc-print-only", make("h3", "nc-heading", "Answers given"), list);
}
