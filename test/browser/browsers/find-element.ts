/**
 * Runs in the page. Finds an element by its accessible name, and waits until it is visible and enabled.
 * @param form the accessible name of its form; null: any form
 */
export async function findElement(kind: 'field' | 'button', name: string, form: string | null): Promise<HTMLElement> {
  const selectors = {
    field: 'input, textarea, select',
    button: 'button, a, summary, input[type=submit], input[type=checkbox], input[type=radio], [role=tab]',
  };
  const isMatch = (element: HTMLElement) =>
    element.getClientRects().length > 0 &&
    !element.matches(':disabled') &&
    (form === null || element.closest('form')?.getAttribute('aria-label') === form) &&
    accessibleNamesOf(element).some(equalsName);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const element = [...document.querySelectorAll<HTMLElement>(selectors[kind])].find(isMatch);
    if (element) return element;
    if (Date.now() > deadline)
      throw new Error(`There is no ${kind} "${name}" on this page:\n${document.body.innerText}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  function equalsName(text: string | null | undefined): boolean {
    return text?.replace(/\s+/g, ' ').trim() === name;
  }

  function accessibleNamesOf(element: HTMLElement): (string | null | undefined)[] {
    const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<HTMLLabelElement>)] : [];
    const content = kind === 'button' ? [element.textContent] : [];
    return [element.getAttribute('aria-label'), ...labels.map((label) => textOf(label)), ...content];
  }

  /** A label may contain its field. The content of the field is not part of the name. */
  function textOf(label: HTMLLabelElement): string {
    const copy = label.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('input, textarea, select').forEach((field) => field.remove());
    return copy.textContent;
  }
}
