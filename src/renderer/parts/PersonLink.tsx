import { hrefOf } from "../navigation.ts";
import classes from "./links.module.css";
import { personAt } from "./people.ts";

/** An official's name, wherever it stands: it leads to their page. */
export const PersonLink = ({ matchId, name }: { readonly matchId: string; readonly name: string }) => (
  <a className={classes.person} href={hrefOf("people", personAt(matchId, name))}>
    {name}
  </a>
);
