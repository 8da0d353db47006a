type Attribute = string | number | boolean | undefined | null
type Listener = (event: never) => void

/** What an element is made with: attributes by name, listeners as `onclick`. `true` is an attribute without a value. */
export type Attributes = Readonly<Record<string, Attribute | Listener>>
export type Child = Node | string | undefined | false

/** An element of HTML with attributes and children. */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => equipped(document.createElement(tag), attributes, children)

/** The same of SVG. */
export const svg = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] =>
  equipped(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)

function equipped<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}
