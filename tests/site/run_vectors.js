/**
 * Runs the vectors of files against the script of the self-check; prints the smallest case that differs.
 * Usage: node run_vectors.js FILE...
 */

import {createReadStream} from "node:fs";
import {createInterface} from "node:readline";

import {assess} from "../../harness/site/selfcheck/assess.js";
import {STATUS_NAMES, readPolicy, readValue} from "../../harness/site/selfcheck/policy.js";
import {readingsOf} from "../../harness/site/selfcheck/readings.js";

/** @typedef {import("../../harness/site/selfcheck/policy.js").Policy} Policy */

/**
 * @param {Policy} policy
 * @param {Record<string, any>} given
 * @returns {any} what the script makes of a case, in the words of the vectors
 */
function found(policy, given) {
  const stated = new Map(
    Object.entries(given).map(([id, raw]) => [id, readValue(raw, policy.facts.get(id)?.type ?? "")]),
  );
  const result = assess(policy, readingsOf(policy, stated));
  return {
    statuses: policy.order.map((id) => result.statuses.get(id)).join(""),
    outcome: result.outcome,
    deficiencies: [...result.deficiencies].sort(),
    remedy: result.remedies[0] ?? [],
    remedies: result.remedies,
    findings: result.findings.map((one) => [one.rule, one.role, STATUS_NAMES[one.status], one.says, one.submit]),
    presumed: result.presumptions.map((one) => one.fact),
    says: result.says,
  };
}

/**
 * @param {any} expect
 * @param {any} got
 * @returns {string[]} what differs
 */
function differences(expect, got) {
  return Object.keys(expect).filter((key) => JSON.stringify(expect[key]) !== JSON.stringify(got[key]));
}

/**
 * @param {string[]} order
 * @param {any} expect
 * @param {any} got
 * @param {any} from
 * @returns {Record<string, string>} the statuses that differ, in words
 */
function named(order, expect, got, from) {
  const wrong = order.filter((_, index) => expect.statuses[index] !== got.statuses[index]);
  return Object.fromEntries(wrong.map((id) => [id, STATUS_NAMES[Number(from.statuses[order.indexOf(id)])]]));
}

/**
 * @param {string} file
 * @returns {Promise<{policy: string, vectors: number, differ: number, smallest: any}>}
 */
async function run(file) {
  /** @type {Policy | null} */
  let policy = null;
  let [vectors, differ] = [0, 0];
  /** @type {any} */
  let smallest = null;
  for await (const line of createInterface({input: createReadStream(file, "utf-8"), crlfDelay: Infinity})) {
    if (policy === null) {
      policy = readPolicy(JSON.parse(line));
      continue;
    }
    const {stated, expect} = JSON.parse(line);
    const got = found(policy, stated);
    const keys = differences(expect, got);
    vectors += 1;
    if (keys.length === 0) continue;
    differ += 1;
    if (smallest === null || line.length < smallest.length) {
      const order = policy.order;
      const pick = (/** @type {any} */ from) =>
        Object.fromEntries(keys.map((key) => [key, key === "statuses" ? named(order, expect, got, from) : from[key]]));
      smallest = {length: line.length, stated, expected: pick(expect), found: pick(got)};
    }
  }
  return {policy: policy?.id ?? "", vectors, differ, smallest};
}

let wrong = 0;
for (const file of process.argv.slice(2)) {
  const {policy, vectors, differ, smallest} = await run(file);
  wrong += differ;
  console.log(`${policy}: ${vectors} vectors, ${differ} differ`);
  if (smallest !== null) console.log(`the smallest: ${JSON.stringify(smallest, null, 1)}`);
}
process.exitCode = wrong === 0 ? 0 : 1;
