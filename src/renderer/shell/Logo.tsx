/** The centre circle with the ball just struck; the same drawing as resources/icon.svg, without its ground. */
export const Logo = ({ size = 26 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
    <path
      d="M16 1.5v6M16 24.5v6M24.03 12.95A8.5 8.5 0 1 1 19.05 8.07"
      stroke="var(--av-accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
    <circle cx="16" cy="16" r="2.7" fill="var(--av-accent)" />
    <path
      d="m22.6 9.4 1-5.2M22.6 9.4l5.2-1M22.6 9.4l3.9-3.9"
      stroke="#e8a317"
      strokeWidth="2.3"
      strokeLinecap="round"
    />
  </svg>
);
