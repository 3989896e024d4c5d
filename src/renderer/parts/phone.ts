/** Swedish mobile numbers as they are said: `070-123 45 67`. Others stay as they were told. */
export const phoneText = (phone: string): string => {
  const digits = phone.replace(/[\s-]/g, "");
  const [, start, a, b, c] = /^(07\d|\+467\d)(\d{3})(\d{2})(\d{2})$/.exec(digits) ?? [];
  if (start === undefined) return phone;
  const head = start.startsWith("+") ? `+46 ${start.slice(3)}` : start;
  return `${head}-${a} ${b} ${c}`;
};

/** What a telephone dials: nothing but digits and a leading plus; the zero in `+46 (0)70` is for calls within Sweden. */
export const phoneUrl = (phone: string): string => {
  const abroad = phone.trim().startsWith("+");
  const digits = (abroad ? phone.replace("(0)", "") : phone).replace(/\D/g, "");
  return `tel:${abroad ? "+" : ""}${digits}`;
};
