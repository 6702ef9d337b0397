/** A small drawn city: ring, wedges, river and centre. Decoration only. */
export const CityPicture = () => (
  <svg className="city-picture" viewBox="0 0 320 220" aria-hidden>
    <rect className="city-ground" width="320" height="220" />
    <g className="city-blocks">
      {BLOCKS.map(([x, y, width, height, tone]) => (
        <rect key={`${x}-${y}`} x={x} y={y} width={width} height={height} rx="3" className={`block-${tone}`} />
      ))}
    </g>
    <path className="city-wedge" d="M160 112 18 8l44-8 92 90z" />
    <path className="city-wedge" d="M160 112 318 30v52l-140 40z" />
    <path className="city-wedge" d="m160 112 62 108h-58z" />
    <path className="city-river" d="M-6 168c60-34 96 6 150-22s70-92 186-76" />
    <ellipse className="city-ring" cx="160" cy="112" rx="122" ry="86" />
    <circle className="city-centre" cx="160" cy="112" r="9" />
    <path className="city-line" d="M38 112h244M160 26v172" />
  </svg>
)

type Block = readonly [x: number, y: number, width: number, height: number, tone: 'home' | 'work' | 'civic']

const TONES = ['home', 'home', 'work', 'home', 'civic', 'home', 'work'] as const

/** A street grid inside the ring, in a fixed pattern of tones. */
const BLOCKS: readonly Block[] = Array.from({ length: 70 }, (_, index): Block => {
  const column = index % 10
  const row = Math.floor(index / 10)
  return [34 + column * 26, 20 + row * 27, 21, 22, TONES[(index * 5 + row) % TONES.length] ?? 'home']
}).filter(([x, y]) => ((x + 10 - 160) / 128) ** 2 + ((y + 11 - 112) / 92) ** 2 < 1)
