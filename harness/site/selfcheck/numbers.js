/**
 * Exact decimals: a number is a BigInt of millionths, so that no threshold is missed by a binary fraction.
 */

export const SCALE = 1000000n;

const LARGEST = 1000000000n * SCALE; // of a number that a case can state
const WRITTEN = /^(-?)(0|[1-9][0-9]{0,29})(?:\.([0-9]{1,6}))?$/;

/**
 * @param {string} text such as `6`, `2.5` or `-0.000001`
 * @returns {bigint | null} null when it is written otherwise
 */
export function parseDecimal(text) {
  const found = WRITTEN.exec(text);
  if (found === null) return null;
  const [, sign, whole, fraction = ""] = found;
  const size = BigInt(whole) * SCALE + BigInt(fraction.padEnd(6, "0"));
  return sign === "-" ? -size : size;
}

/**
 * @param {bigint} number
 * @returns {string} without needless zeros: 6, 2.5
 */
export function writeDecimal(number) {
  const size = number < 0n ? -number : number;
  const fraction = (size % SCALE).toString().padStart(6, "0").replace(/0+$/, "");
  return `${number < 0n ? "-" : ""}${size / SCALE}${fraction && `.${fraction}`}`;
}

/**
 * @param {bigint} number
 * @returns {boolean} whether a case file can hold it
 */
export function canBeStated(number) {
  return number <= LARGEST && number >= -LARGEST;
}
