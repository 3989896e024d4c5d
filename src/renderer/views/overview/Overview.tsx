import { Page } from "../../parts/Page.tsx";
import { useWords } from "../../words.tsx";

export const Overview = () => {
  const { texts } = useWords();
  return <Page title={texts.app.views.overview}>{null}</Page>;
};
