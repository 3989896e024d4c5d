import { InvalidArgumentError } from "commander";

/** The number of an alert, as `avspark alerts` shows it. */
export const alertId = (text: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("It should be a number that avspark alerts shows.");
  return Number(text);
};
