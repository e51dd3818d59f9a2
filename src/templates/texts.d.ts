declare module "*.sh" {
  const text: string
  // biome-ignore lint/style/noDefaultExport: a file that is imported as its text has nothing else
  export default text
}
