/** The centre circle with the ball just struck; the same drawing as resources/icon.svg, without its ground. */
export const Logo = ({ size = 26 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
    <path
      d="M16 1v5.2M16 25.8V31M24.5 15.4A8.5 8.5 0 1 1 16.6 7.5"
      stroke="var(--av-accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
    <circle cx="16" cy="16" r="2.8" fill="var(--av-accent)" />
    <path
      d="M21.1 8.0L21.4 4.8M23.1 8.9L26.0 6.0M24.0 10.9L27.2 10.6"
      stroke="var(--av-spark)"
      strokeWidth="2.2"
      strokeLinecap="round"
    />
  </svg>
);
