import "./jitless.ts";
import "./theme/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { openSession } from "./session.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");

const session = openSession(window.avspark);
void session.connect();
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
