export const stream = { title: "Stream" };
