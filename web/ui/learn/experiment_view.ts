import { LabElement } from "../element";

customElements.define("gv-experiment", class extends LabElement {});
