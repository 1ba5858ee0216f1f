// What this browser remembers of each lesson: which steps were seen and left, and the last place. What is read
// from there may be anything.

const STORE = "softmax-lab-way";
const DIARY = "softmax-lab-diary";

function stored(name) {
  try { return JSON.parse(localStorage.getItem(name)) ?? {}; } catch { return {}; }
}

function lessonsOf({ lessons }) { return lessons && typeof lessons === "object" && !Array.isArray(lessons) ? lessons : {}; }

function change(lesson, news) {
  const lessons = lessonsOf(stored(STORE));
  const text = JSON.stringify({ last: lesson, lessons: { ...lessons, [lesson]: { ...lessons[lesson], ...news } } });
  try { if (text !== localStorage.getItem(STORE)) localStorage.setItem(STORE, text); } catch { /* storage is full or forbidden: the lesson goes on without ticks */ }
}

export function arrive(lesson, step, number) { change(lesson, { at: step, number }); }

export function leave(lesson, step) { change(lesson, { left: [...new Set([...left(lesson), step])] }); }

export function left(lesson) {
  const steps = lessonsOf(stored(STORE))[lesson]?.left;
  return Array.isArray(steps) ? steps.filter((step) => typeof step === "string") : [];
}

export function lastPlace() {
  const store = stored(STORE);
  const { at, number } = lessonsOf(store)[store.last] ?? {};
  return typeof at === "string" && Number.isInteger(number) ? { lesson: store.last, at, number } : null;
}

// What was asked in a lesson and answered: the keys of predictions, each with its scene behind it, if it has one.
export function answered(lesson) {
  const { answers } = stored(DIARY);
  const ids = Array.isArray(answers) ? answers.map((one) => one?.id) : [];
  return ids.filter((id) => typeof id === "string" && id.startsWith(`${lesson} `)).map((id) => id.slice(lesson.length + 1));
}
