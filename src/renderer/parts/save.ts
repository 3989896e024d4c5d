import { minuteMs } from "../../shared/duration.ts";
/** Hands a file to the person: the system asks where to put it. */
export const saveFile = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), minuteMs);
};
