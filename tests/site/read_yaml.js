/**
 * Reads YAML files as the self-check does; prints a line of JSON for each, what it holds or why it is refused.
 * Usage: node read_yaml.js FILE...
 */

import {readFileSync} from "node:fs";

import {Num} from "../../harness/site/selfcheck/yaml-scalar.js";
import {readYaml} from "../../harness/site/selfcheck/yaml.js";

/** @param {any} content @returns {any} */
function plain(content) {
  if (content instanceof Map) return Object.fromEntries([...content].map(([key, value]) => [key, plain(value)]));
  if (Array.isArray(content)) return content.map(plain);
  return content instanceof Num ? {number: content.text} : content;
}

for (const file of process.argv.slice(2)) {
  try {
    console.log(JSON.stringify({holds: plain(readYaml(readFileSync(file, "utf-8")))}));
  } catch (error) {
    console.log(JSON.stringify({refused: error instanceof Error ? error.message : "?"}));
  }
}
