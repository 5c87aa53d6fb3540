/**
 * Writes what vectors state as case files, as the self-check saves them, and reads them again as it loads them; prints
 * a line of JSON for each: the text, and whether it reads as it was. With a case file instead, loads that.
 * Usage: node write_cases.js VECTORS, or node write_cases.js VECTORS CASE...
 */

import {readFileSync} from "node:fs";

import {CaseError, readCase, same} from "../../harness/site/selfcheck/case-read.js";
import {writeCase} from "../../harness/site/selfcheck/case-write.js";
import {assess} from "../../harness/site/selfcheck/assess.js";
import {readPolicy, readValue} from "../../harness/site/selfcheck/policy.js";
import {readingsOf} from "../../harness/site/selfcheck/readings.js";
import {YamlError} from "../../harness/site/selfcheck/yaml-scalar.js";

const [vectors, ...files] = process.argv.slice(2);
const [first, ...lines] = readFileSync(vectors, "utf-8").trimEnd().split("\n");
const policy = readPolicy(JSON.parse(first));
const about = {id: "self-check", title: 'With "quotes", a colon: and \\', description: ""};

for (const line of files.length > 0 ? [] : lines) {
  const stated = new Map(
    Object.entries(JSON.parse(line).stated).map(([id, raw]) => [id, readValue(raw, policy.facts.get(id)?.type ?? "")]),
  );
  const text = writeCase(policy, stated, about);
  const again = readCase(text, policy);
  const asBefore = [...stated].every(([id, value]) => again.stated.has(id) && same(value, again.stated.get(id) ?? ""));
  const whole = asBefore && again.stated.size === stated.size && again.title === about.title;
  console.log(JSON.stringify({text, again: whole, outcome: assess(policy, readingsOf(policy, stated)).outcome}));
}

for (const file of files) {
  try {
    const {stated, notices} = readCase(readFileSync(file, "utf-8"), policy);
    const {outcome, deficiencies} = assess(policy, readingsOf(policy, stated));
    console.log(JSON.stringify({stated: [...stated.keys()], notices, outcome, deficiencies}));
  } catch (error) {
    if (!(error instanceof CaseError || error instanceof YamlError)) throw error;
    console.log(JSON.stringify({refused: error.message}));
  }
}
