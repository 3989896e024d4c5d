import { IconBrandGoogle } from "@tabler/icons-react";
import { useMemo } from "react";
import { useAttachment } from "../session.ts";
import { useWords } from "../words.tsx";
import { type Action, going } from "./action.ts";

/** Leads to where it is said how a service elsewhere signs in to Google; null: the service is here, and so is its sign-in. */
export const useGoogleElsewhere = (): Action | null => {
  const isElsewhere = useAttachment() !== null;
  const { texts } = useWords();
  return useMemo(
    () =>
      isElsewhere
        ? going({ id: "google-how", label: texts.attached.google.how, icon: IconBrandGoogle }, "settings", "google")
        : null,
    [isElsewhere, texts],
  );
};
