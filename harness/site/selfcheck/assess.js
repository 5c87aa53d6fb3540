/**
 * What is stated into an outcome with its reasons, as `harness/assessment` makes them. Nothing here is a determination.
 *
 * @typedef {import("./policy.js").Policy} Policy
 * @typedef {import("./policy.js").Rule} Rule
 * @typedef {import("./evaluate.js").Readings} Readings
 * @typedef {import("./evaluate.js").Statuses} Statuses
 * @typedef {import("./matter.js").Matter} Matter
 * @typedef {{rule: string, role: string, status: number, topic: string | null, title: string, says: string,
 *   submit: string, urgency: string | null, facts: string[]}} Finding
 * @typedef {{submit: string, rules: string[], urgency: string | null}} Submission
 * @typedef {{fact: string, question: string, lookFor: string, text: string}} Presumption
 * @typedef {{outcome: string, says: string, statuses: Statuses, required: Set<string>, findings: Finding[],
 *   deficiencies: string[], presumptions: Presumption[], remedies: string[][], submissions: Submission[]}} Result
 */

import {NECESSARY, evaluate, outcomeOf, statusOf} from "./evaluate.js";
import {decidedBy, whatMatters} from "./matter.js";
import {MET, NOT_MET, factsIn} from "./policy.js";
import {remedySets} from "./remedies.js";
import {readingText, said} from "./wording.js";

export const DECISION = "decision"; // stands for the rule in a finding about a fact that the decision itself reads

const SPOKEN = ["not met", "not documented", "met"];
const URGENCIES = ["emergency", "urgent"];
const ASKED_FOR = new Set(["deficiency", "consideration"]);

/**
 * @param {Policy} policy
 * @param {Readings} readings
 * @returns {Result}
 */
export function assess(policy, readings) {
  const statuses = evaluate(policy, readings);
  const outcome = outcomeOf(policy, readings, statuses);
  const matter = whatMatters(policy, readings, statuses);
  const findings = findingsOf(policy, readings, statuses, matter);
  const named = findings.filter((finding) => finding.role === "deficiency").map((finding) => finding.rule);
  return {
    outcome,
    says: said(policy.says[outcome], policy, readings),
    statuses,
    required: matter.required,
    findings,
    deficiencies: [...new Set(named)],
    presumptions: presumptionsOf(policy, readings, matter),
    remedies: outcome === NECESSARY ? [] : remedySets(policy, readings, statuses),
    submissions: submissionsOf(findings),
  };
}

/**
 * All findings, by topic and then in the order of the policy.
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @param {Matter} matter
 * @returns {Finding[]}
 */
function findingsOf(policy, readings, statuses, matter) {
  const topics = policy.topics.map((topic) => topic.id);
  const place = (/** @type {Rule} */ rule) => {
    const found = topics.indexOf(rule.topic ?? "");
    return found < 0 ? topics.length : found;
  };
  const roles = rolesOf(policy, statuses, matter);
  const rules = [...roles.keys()].map((id) => /** @type {Rule} */ (policy.rules.get(id)));
  rules.sort((a, b) => place(a) - place(b));
  return [
    ...ofTheDecision(policy, readings, statuses, matter),
    ...rules.map((rule) => findingOf(policy, readings, rule, statuses.get(rule.id) ?? NOT_MET, roles.get(rule.id))),
  ];
}

/**
 * @param {Policy} policy
 * @param {Statuses} statuses
 * @param {Matter} matter
 * @returns {Map<string, string>} the role of each rule that has something to say
 */
function rolesOf(policy, statuses, matter) {
  const decisive = decidedBy(policy);
  const roles = new Map();
  for (const rule of policy.rules.values()) {
    const role = roleOf(rule, statuses.get(rule.id) ?? NOT_MET, matter, decisive);
    if (role !== null) roles.set(rule.id, role);
  }
  for (const id of matter.bare.keys()) if (id !== null) roles.set(id, "deficiency");
  return roles;
}

/**
 * @param {Rule} rule
 * @param {number} status
 * @param {Matter} matter
 * @param {Set<string>} decisive
 * @returns {string | null}
 */
function roleOf(rule, status, matter, decisive) {
  switch (rule.kind) {
    case "criterion":
      if (!matter.required.has(rule.id)) return null;
      return matter.unsatisfied.has(rule.id) ? "deficiency" : status === MET ? "met" : null;
    case "exception":
      return decisive.has(rule.id) ? "exception" : null;
    case "consideration":
    case "pitfall":
      return status === MET ? rule.kind : null;
    default:
      return null;
  }
}

/**
 * A reason that the decision itself reads off a fact, in the words of its condition, since no rule has any.
 *
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Statuses} statuses
 * @param {Matter} matter
 * @returns {Finding[]}
 */
function ofTheDecision(policy, readings, statuses, matter) {
  return (matter.bare.get(null) ?? []).map((condition) => {
    const status = statusOf(condition, readings, statuses);
    const title = condition.text ?? "";
    return {
      rule: DECISION, role: "deficiency", status, topic: null, title, says: `${title}: ${SPOKEN[status]}.`,
      submit: "", urgency: null, facts: [...new Set(factsIn(condition))],
    };
  });
}

/**
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Rule} rule
 * @param {number} status
 * @param {string | undefined} role
 * @returns {Finding}
 */
function findingOf(policy, readings, rule, status, role) {
  const {id, topic, title, submit, urgency, facts} = rule;
  return {
    rule: id, role: role ?? "", status, topic, title, says: said(rule.says[status], policy, readings),
    submit, urgency, facts,
  };
}

/**
 * What to submit for each deficiency and each consideration that asks for a document; the urgent first.
 *
 * @param {Finding[]} findings
 * @returns {Submission[]}
 */
function submissionsOf(findings) {
  /** @type {Map<string, Finding[]>} */
  const asked = new Map();
  for (const finding of findings.filter((one) => ASKED_FOR.has(one.role))) {
    const instead = finding.role === "deficiency" ? `What shows: ${finding.title}` : "";
    const submit = finding.submit || instead;
    if (submit) asked.set(submit, [...(asked.get(submit) ?? []), finding]);
  }
  const all = [...asked].map(([submit, those]) => ({
    submit, rules: those.map((one) => one.rule), urgency: mostUrgent(those),
  }));
  const rank = (/** @type {Submission} */ one) => [...URGENCIES, null].indexOf(one.urgency);
  return all.sort((a, b) => rank(a) - rank(b));
}

/**
 * @param {Finding[]} findings
 * @returns {string | null} the greatest urgency of what is met
 */
function mostUrgent(findings) {
  const met = findings.filter((finding) => finding.status === MET).map((finding) => finding.urgency);
  return URGENCIES.find((urgency) => met.includes(urgency)) ?? null;
}

/**
 * @param {Policy} policy
 * @param {Readings} readings
 * @param {Matter} matter
 * @returns {Presumption[]}
 */
function presumptionsOf(policy, readings, matter) {
  const found = [];
  for (const fact of policy.facts.values()) {
    const reading = readings.get(fact.id);
    if (matter.presumed.has(fact.id) && reading !== undefined) {
      const {id, question, lookFor} = fact;
      found.push({fact: id, question, lookFor, text: readingText(reading, fact)});
    }
  }
  return found;
}
