/**
 * The plane in which a plan is analysed and shown.
 *
 * `equal-area`: Lambert azimuthal equal-area on the plan's own ellipsoid, centred on the plan, so that a planar area in it
 * *is* the ellipsoidal area and lengths near the centre are true. `planar`: data without a place on Earth, metres as given.
 */
export type Frame =
  | { kind: 'equal-area'; lonDeg: number; latDeg: number; semiMajorM: number; inverseFlattening: number }
  | { kind: 'planar'; originX: number; originY: number }

/** A point of the frame, metres, or of the Earth, degrees: `[x, y]` or `[lon, lat]`. */
export type Point = [x: number, y: number]

/** Maps one point; made once per frame so that the constants are not recomputed per vertex. */
export type PointMap = (x: number, y: number) => Point

const RADIANS = Math.PI / 180
/** The formulas divide by the cosine of the centre's latitude; no plan is centred on a pole. */
const HIGHEST_CENTRE_DEG = 89.9

/** The frame of a plan centred at a longitude and latitude of its own datum. `inverseFlattening` 0 means a sphere. */
export function equalAreaFrame(lonDeg: number, latDeg: number, semiMajorM: number, inverseFlattening: number): Frame {
  const centre = Math.max(-HIGHEST_CENTRE_DEG, Math.min(HIGHEST_CENTRE_DEG, latDeg))
  return { kind: 'equal-area', lonDeg, latDeg: centre, semiMajorM, inverseFlattening }
}

/** The frame of data without a place on Earth; the origin (in the data's own metres) keeps coordinates small. */
export const planarFrame = (originX: number, originY: number): Frame => ({ kind: 'planar', originX, originY })

/** Longitude and latitude in degrees (or the data's own metres, in a planar frame) → metres of the frame. */
export function toFrame(frame: Frame): PointMap {
  if (frame.kind === 'planar') return (x, y) => [x - frame.originX, y - frame.originY]
  const { authalic, radiusM, stretch, sinCentre, cosCentre } = constantsOf(frame)
  return (lonDeg, latDeg) => {
    const sinBeta = authalic.sine(Math.sin(latDeg * RADIANS))
    const cosBeta = Math.sqrt(1 - sinBeta * sinBeta)
    const turn = (lonDeg - frame.lonDeg) * RADIANS
    const along = cosBeta * Math.cos(turn)
    const scale = radiusM * Math.sqrt(2 / (1 + sinCentre * sinBeta + cosCentre * along))
    return [scale * stretch * cosBeta * Math.sin(turn), (scale / stretch) * (cosCentre * sinBeta - sinCentre * along)]
  }
}

/** Metres of the frame → longitude and latitude in degrees (or the data's own metres). The inverse of `toFrame`. */
export function fromFrame(frame: Frame): PointMap {
  if (frame.kind === 'planar') return (x, y) => [x + frame.originX, y + frame.originY]
  const { authalic, radiusM, stretch, sinCentre, cosCentre } = constantsOf(frame)
  return (x, y) => {
    const east = x / stretch
    const north = y * stretch
    const distance = Math.hypot(east, north)
    if (distance === 0) return [frame.lonDeg, frame.latDeg]
    const angle = 2 * Math.asin(Math.min(1, distance / (2 * radiusM)))
    const sinAngle = Math.sin(angle)
    const cosAngle = Math.cos(angle)
    const sinBeta = cosAngle * sinCentre + (north * sinAngle * cosCentre) / distance
    const turn = Math.atan2(east * sinAngle, distance * cosCentre * cosAngle - north * sinCentre * sinAngle)
    const lonDeg = frame.lonDeg + turn / RADIANS
    return [lonDeg > 180 ? lonDeg - 360 : lonDeg < -180 ? lonDeg + 360 : lonDeg, authalic.latitude(sinBeta) / RADIANS]
  }
}

/** First eccentricity squared of an ellipsoid given by its inverse flattening. */
export function eccentricitySquared(inverseFlattening: number): number {
  const flattening = inverseFlattening === 0 ? 0 : 1 / inverseFlattening
  return flattening * (2 - flattening)
}

/**
 * The authalic latitude β: the latitude of the sphere of equal area. `sine` gives sin β for sin φ, `latitude` φ (radians)
 * for sin β. Snyder, Map Projections: A Working Manual (USGS 1395), equations 3-11, 3-12 and 3-16.
 */
function authalicOf(e2: number) {
  const e = Math.sqrt(e2)
  const zone = (sine: number) => (e === 0 ? 2 * sine : (1 - e2) * (sine / (1 - e2 * sine * sine) + Math.atanh(e * sine) / e))
  const whole = zone(1)
  return {
    whole,
    sine: (sinLatitude: number) => Math.max(-1, Math.min(1, zone(sinLatitude) / whole)),
    latitude(sinBeta: number) {
      const beta = Math.asin(Math.max(-1, Math.min(1, sinBeta)))
      let latitude = beta + (e2 / 3 + (31 * e2 * e2) / 180) * Math.sin(2 * beta) + ((23 * e2 * e2) / 360) * Math.sin(4 * beta)
      for (let step = 0; step < 2; step += 1) {
        const sine = Math.sin(latitude)
        const cosine = Math.cos(latitude)
        if (cosine < 1e-9) break
        const narrowing = 1 - e2 * sine * sine
        latitude += ((whole * sinBeta - zone(sine)) * narrowing * narrowing) / (2 * (1 - e2) * cosine)
      }
      return latitude
    },
  }
}

/** Constants of the projection (Snyder, equations 24-14 to 24-26). */
function constantsOf(frame: Extract<Frame, { kind: 'equal-area' }>) {
  const e2 = eccentricitySquared(frame.inverseFlattening)
  const authalic = authalicOf(e2)
  const sinLatitude = Math.sin(frame.latDeg * RADIANS)
  const sinCentre = authalic.sine(sinLatitude)
  const cosCentre = Math.sqrt(1 - sinCentre * sinCentre)
  const radiusM = frame.semiMajorM * Math.sqrt(authalic.whole / 2)
  const parallelM = (frame.semiMajorM * Math.cos(frame.latDeg * RADIANS)) / Math.sqrt(1 - e2 * sinLatitude * sinLatitude)
  return { authalic, radiusM, stretch: parallelM / (radiusM * cosCentre), sinCentre, cosCentre }
}
