/**
 * Days of the calendar as day numbers: 1 is 0001-01-01, as in the Python package. No clock and no time zone.
 */

const WRITTEN = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

/**
 * @param {number} year
 * @param {number} month 1 to 12
 * @returns {number}
 */
function daysInMonth(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * @param {number} year
 * @returns {number} the number of the last day before a year
 */
function before(year) {
  const years = year - 1;
  return years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
}

/**
 * @param {string} text written YYYY-MM-DD
 * @returns {bigint | null} its day number; null when it is no day of the calendar
 */
export function parseDay(text) {
  const found = WRITTEN.exec(text);
  if (found === null) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  let number = before(year) + day;
  for (let earlier = 1; earlier < month; earlier += 1) number += daysInMonth(year, earlier);
  return BigInt(number);
}

/**
 * @param {bigint} number
 * @returns {{year: number, month: number, day: number}}
 */
export function calendar(number) {
  let left = Number(number);
  let year = Math.max(Math.floor(left / 366), 1);
  while (before(year + 1) < left) year += 1;
  left -= before(year);
  let month = 1;
  while (left > daysInMonth(year, month)) {
    left -= daysInMonth(year, month);
    month += 1;
  }
  return {year, month, day: left};
}

/**
 * @param {bigint} number
 * @returns {string} YYYY-MM-DD
 */
export function writeDay(number) {
  const {year, month, day} = calendar(number);
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/**
 * @param {bigint} number
 * @returns {string} `24 November 2025`
 */
export function dayWords(number) {
  const {year, month, day} = calendar(number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/**
 * @param {bigint} birth
 * @param {bigint} on
 * @returns {number} complete years on a day
 */
export function yearsBetween(birth, on) {
  const [born, now] = [calendar(birth), calendar(on)];
  const early = now.month < born.month || (now.month === born.month && now.day < born.day);
  return now.year - born.year - (early ? 1 : 0);
}
