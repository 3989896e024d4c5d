import type { MouseEvent, ReactNode } from "react";
import { useCall } from "../session.ts";
import classes from "./links.module.css";
import { useToast } from "./useToast.tsx";

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
  const call = useCall();
  const tell = useToast();
  const open = async (event: MouseEvent): Promise<void> => {
    event.preventDefault();
    const answer = await call("openExternal", { url });
    if (!answer.ok) tell(answer, null);
  };
  return (
    <a className={classes.external} href={url} aria-label={label} title={about} onClick={(event) => void open(event)}>
      {children}
    </a>
  );
};
