/** Four squares, one of them on its way: a canary among its peers. */
export const Logo = (props: { size: number }) => (
  <svg
    width={props.size}
    height={props.size}
    viewBox="0 0 28 28"
    aria-hidden="true"
    focusable="false"
  >
    <rect x="1" y="1" width="11" height="11" rx="2.5" fill="currentColor" />
    <rect x="1" y="16" width="11" height="11" rx="2.5" fill="currentColor" />
    <rect x="16" y="16" width="11" height="11" rx="2.5" fill="currentColor" />
    <rect
      x="17.25"
      y="2.25"
      width="8.5"
      height="8.5"
      rx="1.5"
      fill="none"
      stroke="#7cc7ff"
      strokeWidth="2.5"
    />
  </svg>
);
