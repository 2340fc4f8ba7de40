/** Words, dates and numbers as the language of the conversation writes them. */

import { FIRST_WORDS } from "./first_words.js";

/** @typedef {"en" | "fr"} Language */

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @param {unknown} value @returns {Language} */
export function languageOf(value) {
  return String(value ?? "").toLowerCase().startsWith("fr") ? "fr" : "en";
}

export class Words {
  /**
   * @param {Language} language
   * @param {Record<string, string>} [strings] texts of the server by id; before it has answered, the first words
   */
  constructor(language, strings = {}) {
    this.language = language;
    this.strings = { ...FIRST_WORDS[language], ...strings };
    const locale = `${language}-CA`;
    this.clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
    this.calendar = new Intl.DateTimeFormat(locale, { weekday: "long", month: "long", day: "numeric" });
    this.dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    this.numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  }

  /**
   * The text `widget.<id>` with its `{places}` filled; numbers are written as the language does.
   * @param {string} id
   * @param {Record<string, string | number>} [values]
   */
  say(id, values = {}) {
    const text = this.strings[`widget.${id}`] ?? "";
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      const value = values[name];
      if (value === undefined) return place;
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  /**
   * The singular or plural text of a count: `<id>.one` or `<id>.other`. French counts 0 and 1 alike.
   * @param {string} id
   * @param {number} count
   */
  count(id, count) {
    const one = this.language === "fr" ? count < 2 : count === 1;
    return this.say(`${id}.${one ? "one" : "other"}`, { count });
  }

  /** @param {number} value */
  number(value) {
    return this.numbers.format(value);
  }

  /** @param {string} at an ISO instant */
  time(at) {
    return this.clock.format(new Date(at));
  }

  /** @param {string} at an ISO instant */
  day(at) {
    return this.calendar.format(new Date(at));
  }

  /** A day of the calendar (`2026-11-02`) in words; any other text stays as it is. @param {string} value */
  date(value) {
    if (!ISO_DAY.test(value)) return value;
    const written = this.dates.format(new Date(`${value}T00:00:00Z`));
    return this.language === "fr" ? written.replace(/^1 /, "1er ") : written;
  }
}
