import { IconBrandGoogle, IconLogout } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { ok } from "../../../../shared/problem.ts";
import type { Action } from "../../../parts/action.ts";
import { useGoogleElsewhere } from "../../../parts/googleElsewhere.ts";
import { useQuery } from "../../../parts/useQuery.ts";
import { useAttachment, useCall, useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";

/** Who is signed in, where the service is here; asked anew whenever the calendar's own state tells that it may have changed. */
export const useGoogleAccount = () => {
  const isElsewhere = useAttachment() !== null;
  const { again, ...query } = useQuery("googleAccount", isElsewhere ? null : {});
  const target = useDesk((state) => state.targets.find(({ name }) => name === "google"));
  const sign = `${target?.state.name} ${target?.signInExpiresAt}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sign is what tells
  useEffect(() => again(), [sign, again]);
  return { again, account: query.state === "ready" ? query.value : null };
};

/** Signing in and out; without a keyring the sign-in lives as long as the app, and the button says so. */
export const useSignIn = () => {
  const call = useCall();
  const { texts } = useWords();
  const { account, again } = useGoogleAccount();
  const elsewhere = useGoogleElsewhere();
  const keyring = account?.keyring ?? true;
  const signedIn = account?.account.state === "signed-in";

  return useMemo(() => {
    const say = texts.calendars.google;
    const signIn: Action = elsewhere ?? {
      id: "google-sign-in",
      label: signedIn ? say.signInAgain : keyring ? texts.app.actions.signIn : say.signInSession,
      icon: IconBrandGoogle,
      run: async () => {
        const answer = await call("googleSignIn", { sessionOnly: !keyring });
        again();
        return answer.ok ? ok(texts.app.results.signedIn) : answer;
      },
    };
    const signOut: Action = {
      id: "google-sign-out",
      label: say.signOut,
      icon: IconLogout,
      run: async () => {
        const answer = await call("googleSignOut", {});
        again();
        return answer.ok ? ok(say.signedOut) : answer;
      },
    };
    return { signIn, signOut, keyring, account: account?.account ?? null };
  }, [call, texts, keyring, signedIn, account, again, elsewhere]);
};
