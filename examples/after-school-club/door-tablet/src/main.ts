/** Who is expected this afternoon; a tap signs a child in. */
interface DoorCard {
  childId: string;
  /**
   * @childData identity
   * @purpose service
   * @retention 1d
   */
  shownName: string;
}

/** The list lives as long as the page does. */
export function showDoorList(list: HTMLElement, cards: readonly DoorCard[]): void {
  for (const card of cards) {
    const button = document.createElement("button");
    button.textContent = card.shownName;
    button.addEventListener("click", () => void arrive(card.childId));
    list.append(button);
  }
}

async function arrive(childId: string): Promise<void> {
  await fetch("/api/kiosk/arrivals", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ childId, day: new Date().toISOString() }),
  });
}
