/** A line of a `.env` file that is read as this name and value again. */
export const dotenvLine = (name: string, value: string): string => `${name}=${written(value)}\n`;

const written = (value: string): string => {
  if (/^[\w:/@.,+%?&=*;~-]*$/.test(value)) return value;
  // What follows has no escape of its own in such a file; each is the default of a name that nothing can have.
  const last = value.endsWith("\\") ? "${" + ":-\\}" : "";
  const text = (last === "" ? value : value.slice(0, -1)).replaceAll("${", "$" + "{:-$}{");
  if (!/[\r\n]/.test(text)) return `'${text.replace(/[\\']/g, "\\$&")}${last}'`;
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}${last}"`;
};
