const DELIMITER = /[\t\x20-\x2F\x3B-\x40\x5B-\x60\x7B-\x7E]+/;
const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/;
const DAY = /^(\d{1,2})(?:\D|$)/;
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const YEAR = /^(\d{2,4})(?:\D|$)/;
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** The value of an `Expires` attribute. RFC 6265bis, section 5.1.1. @returns milliseconds since 1970, or undefined */
export function parseCookieDate(text: string): number | undefined {
  let time: number[] | undefined;
  let [day, month, year]: (number | undefined)[] = [];
  for (const token of text.split(DELIMITER)) {
    const found = TIME.exec(token);
    if (time === undefined && found) time = found.slice(1, 4).map(Number);
    else if (day === undefined && DAY.test(token)) day = Number(DAY.exec(token)?.[1]);
    else if (month === undefined && MONTH.test(token)) month = MONTHS.indexOf(token.slice(0, 3).toLowerCase()) / 3;
    else if (year === undefined && YEAR.test(token)) year = fullYear(Number(YEAR.exec(token)?.[1]));
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = time;
  if (day < 1 || day > 31 || year < 1601 || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hours, minutes, seconds));
  return date.getUTCDate() === day ? date.getTime() : undefined;
}

const fullYear = (year: number) => (year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year);
