import { config } from "zod";

// The window's content policy forbids code made from text, which zod would otherwise try when a schema is built.
// main.tsx imports this before anything that has schemas.
config({ jitless: true });
