import { notifications } from "@mantine/notifications";
import type { MouseEvent, ReactNode } from "react";
import { useCall } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./ExternalLink.module.css";

type ExternalLinkProps = {
  /** A web page, `tel:` or `mailto:`. */
  readonly url: string;
  /** What it is called where the text alone does not say. */
  readonly label?: string;
  readonly about?: string;
  readonly children: ReactNode;
};

/** A link that the system's own program opens: browser, telephone or mail. The window itself never leaves its page. */
export const ExternalLink = ({ url, label, about, children }: ExternalLinkProps) => {
  const { texts } = useWords();
  const call = useCall();
  const open = async (event: MouseEvent): Promise<void> => {
    event.preventDefault();
    const answer = await call("openExternal", { url });
    if (answer.ok) return;
    const { what, remedy } = texts.advice[answer.problem.kind];
    notifications.show({ color: "red", title: what, message: remedy });
  };
  return (
    <a className={classes.link} href={url} aria-label={label} title={about} onClick={(event) => void open(event)}>
      {children}
    </a>
  );
};
