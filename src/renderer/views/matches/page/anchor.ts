const idOf = (changeId: number): string => `change-${changeId}`;

/** Where in the page a change stands. The address's fragment says which view is open, so links to it are made by hand. */
export const changeAnchor = idOf;

export const goToChange = (changeId: number): void => {
  const entry = document.getElementById(idOf(changeId));
  entry?.scrollIntoView({ block: "center" });
  entry?.focus();
};
