/**
 * What the page says. The sentences come with the page, from words/<language>.yml; this fills their gaps.
 */

import { DATA } from "./sentences.js";

/** Every sentence by its name. */
export const WORDS = DATA;

/** The language that they are in, for dates and numbers. */
export const LANGUAGE = DATA.language;

const plurals = new Intl.PluralRules(LANGUAGE);

/** Fill a sentence's gaps; one with several forms is chosen by `count`. */
export function fill(sentence, values) {
  const form = typeof sentence === "string" ? sentence : sentence[plurals.select(values.count)] ?? sentence.other;
  return form.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}

/** What a screen reader says for a rating that shows only a picture. */
export const RATING_NAMES = { "👍": WORDS.helped, "👎": WORDS.notHelped };

export const openPictureLabel = (title) => (title ? fill(WORDS.openPictureOf, { title }) : WORDS.openPicture);

export const sourcesHeading = (count) => fill(WORDS.sources, { count });

export const lessonStep = (progress) => fill(WORDS.lessonStep, progress);

export function charactersLeft(left) {
  return left < 0 ? fill(WORDS.charactersOver, { count: -left }) : fill(WORDS.charactersLeft, { count: left });
}

const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A moment as people write it: the day only where it is not today. */
export function moment(date, now = new Date()) {
  return (date.toDateString() === now.toDateString() ? clock : calendar).format(date);
}
