declare module "*.sh" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: a file that is imported as its text has nothing else
  export default text
}

declare module "*.sql" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}

declare module "*.yaml" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}

declare module "*.env" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}

declare module "*.service" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}

declare module "*.timer" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}

declare module "*.py" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: as above
  export default text
}
