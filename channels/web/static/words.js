/**
 * Every sentence the page itself says (the tutor's come from the server). Static ones stand in index.html.
 */

export const WORDS = {
  tutor: "Tutor:",
  you: "You:",
  answers: "Answers to choose from",
  suggestions: "Suggestions",
  opensNewTab: "(opens in a new tab)",
  picture: "Picture",
  pictureView: "The picture, large",
  closePicture: "Close",
  waiting: "Waiting to be sent",
  retrying: "No answer yet. Trying again",
  notSent: "Not sent.",
  noReply: "The tutor did not answer.",
  tryAgain: "Try again",
  goToNewest: "Go to the newest message",
  newAnswer: "New answer",
  offline: "You are offline. I will send it when you are back.",
  trouble: "I cannot reach the tutor. I keep trying.",
  backOnline: "You are back online.",
};

/** What a screen reader says for a rating that shows only a picture. */
export const RATING_NAMES = { "👍": "This helped", "👎": "This did not help" };

export const openPictureLabel = (title) => (title ? `Show the picture large: ${title}` : "Show the picture large");

export const sourcesHeading = (count) => `Sources (${count})`;

export const lessonStep = ({ lesson, done, total }) => `${lesson}, step ${done} of ${total}`;

export function charactersLeft(left) {
  if (left < 0) return `${-left} ${-left === 1 ? "character" : "characters"} too many`;
  return `${left} ${left === 1 ? "character" : "characters"} left`;
}
