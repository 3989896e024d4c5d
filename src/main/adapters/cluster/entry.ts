/** How entries of the log are written today. Whoever meets another number was not there when that was decided. */
export const entryVersion = 1;
