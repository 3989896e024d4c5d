/** Alert texts and notes are shown in lists. */
const maxShown = 2000;
export const bounded = (text: string): string => (text.length <= maxShown ? text : `${text.slice(0, maxShown)}…`);
