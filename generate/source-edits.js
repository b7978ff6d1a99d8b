import ts from 'typescript';

/**
 * Adds an import, in the order of the paths.
 *
 * @param {string} source
 * @param {string} name
 * @param {string} path
 */
export function addImport(source, name, path) {
  const imports = parse(source).statements.filter(ts.isImportDeclaration);
  const next = imports.find(({ moduleSpecifier }) => {
    const other = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
    return other.startsWith('.') && other > path;
  });
  const line = `import { ${name} } from '${path}';`;
  if (next !== undefined) return insert(source, next.getStart(), `${line}\n`);
  return insert(source, imports.at(-1)?.end ?? 0, `\n${line}`);
}

/**
 * Adds an element to the array or the object that a variable has in this source.
 *
 * @param {string} source
 * @param {string} variable
 * @param {string} element
 * @param {(element: string) => boolean} comesBefore whether the new element belongs before this one; none: at the end
 */
export function addElement(source, variable, element, comesBefore = () => false) {
  const elements = elementsOf(source, variable);
  const next = elements.find((other) => comesBefore(other.getText()));
  if (next !== undefined) return insert(source, next.getStart(), `${element},\n`);
  return insert(source, elements.at(-1)?.end ?? 0, `,\n${element}`);
}

/** The elements of the array or the properties of the object, as they are written. @param {string} source @param {string} variable */
export const listElements = (source, variable) => elementsOf(source, variable).map((element) => element.getText());

/** @param {string} source @param {string} variable @returns {readonly ts.Node[]} */
function elementsOf(source, variable) {
  const [declaration] = parse(source)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.getText() === variable);
  const value = declaration?.initializer;
  if (value !== undefined && ts.isArrayLiteralExpression(value)) return value.elements;
  if (value !== undefined && ts.isObjectLiteralExpression(value)) return value.properties;
  throw new Error(`There is no list ${variable} any more.`);
}

/** @param {string} source */
const parse = (source) => ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);

/** @param {string} source @param {number} position @param {string} text */
const insert = (source, position, text) => source.slice(0, position) + text + source.slice(position);
