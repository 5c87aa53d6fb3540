/**
 * Prints the number of each day given, and the day again from its number.
 * Usage: node count_days.js YYYY-MM-DD...
 */

import {parseDay, writeDay} from "../../harness/site/selfcheck/days.js";

for (const text of process.argv.slice(2)) {
  const number = parseDay(text);
  console.log(number === null ? "none" : `${number} ${writeDay(number)}`);
}
