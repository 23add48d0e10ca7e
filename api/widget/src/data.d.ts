// The data files and the style sheet as the build gives them to the code.

declare module "*/teksten.yml" {
  const texts: import("./types").Texts;
  export default texts;
}

declare module "*/tokens.yml" {
  const tokens: import("./types").Tokens;
  export default tokens;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}

declare module "*/scherm.yml" {
  const texts: import("./balie/types").DeskTexts;
  export default texts;
}
