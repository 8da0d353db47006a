/** Creates elements of HTML: `el('p', { class: 'note' }, 'text')`. */

type Attribute = string | number | boolean | undefined | null
type Listener = (event: never) => void

/** Attributes by name, and listeners as `onclick`. `true` is an attribute without a value; false and undefined are left out. */
export type Attributes = Readonly<Record<string, Attribute | Listener>>
export type Child = Node | string | undefined | false

/** A new element with attributes and children. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}
