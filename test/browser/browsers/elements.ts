/** Runs in the page. Finds what assistive technology would call by this name; waits until it is there and enabled. @param form by its name */
export async function findElement(kind: 'field' | 'button', name: string, form: string | null): Promise<HTMLElement> {
  const selectors = {
    field: 'input, textarea, select',
    button: 'button, a, summary, input[type=submit], input[type=checkbox], input[type=radio], [role=tab]',
  };
  const isCalled = (element: HTMLElement) =>
    element.getClientRects().length > 0 &&
    !element.matches(':disabled') &&
    (form === null || element.closest('form')?.getAttribute('aria-label') === form) &&
    namesOf(element).some(fits);
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = [...document.querySelectorAll<HTMLElement>(selectors[kind])].find(isCalled);
    if (found) return found;
    if (Date.now() > deadline)
      throw new Error(`There is no ${kind} "${name}" on this page:\n${document.body.innerText}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  function fits(text: string | null | undefined): boolean {
    return text?.replace(/\s+/g, ' ').trim() === name;
  }

  function namesOf(element: HTMLElement): (string | null | undefined)[] {
    const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<HTMLLabelElement>)] : [];
    const own = kind === 'button' ? [element.textContent] : [];
    return [element.getAttribute('aria-label'), ...labels.map((label) => wordsOf(label)), ...own];
  }

  /** A label may be around its field: what is in the field is not in its name. */
  function wordsOf(label: HTMLLabelElement): string {
    const copy = label.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('input, textarea, select').forEach((field) => field.remove());
    return copy.textContent;
  }
}
