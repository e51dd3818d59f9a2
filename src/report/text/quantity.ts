export function usd(amount: number): string {
  // No "-0.00": a sum of differences may end a hair below nothing.
  const rounded = Math.round(amount * 100) / 100 || 0
  return `${rounded.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} USD`
}

export function difference(amount: number): string {
  const rounded = Math.round(amount * 100) / 100
  return rounded < 0 ? `-${usd(-rounded)}` : `+${usd(rounded)}`
}

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
