/** The product's mark: a folded plan with a green line through it. */
export const Brand = ({ size = 24 }: { size?: number }) => (
  <svg className="brand" width={size} height={size} viewBox="0 0 32 32" aria-hidden>
    <rect width="32" height="32" rx="7" fill="#1a7648" />
    <path d="M6 9.5 13 7v15.5L6 25z" fill="#bfe5cf" />
    <path d="m13 7 6.5 2.5V25L13 22.5z" fill="#e9f7ef" />
    <path d="M19.5 9.5 26 7v15.5L19.5 25z" fill="#8fd0ad" />
    <path d="M9.5 19.5c5.5 1 9-2 13-8" fill="none" stroke="#0f5232" strokeWidth="2.2" strokeLinecap="round" />
    <circle cx="22.5" cy="11.5" r="2.2" fill="#0f5232" />
  </svg>
)
