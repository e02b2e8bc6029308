"""Takes a BERT encoder's weights out of an ONNX file and writes them under the names that model.py reads.

    python onnx_encoder.py MODEL.onnx ENCODER/model.safetensors

The exporter keeps the names of biases, norms and embeddings; matrices lose theirs and become the transposed second input of
the MatMul whose result the named bias is added to."""
import sys
import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

graph = onnx.load(sys.argv[1]).graph
arrays = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
by_output = {o: n for n in graph.node for o in n.output}


def bare(name):
    for prefix in ("model.", "bert.", "auto_model."):
        name = name.removeprefix(prefix)
    return name


out = {}
for name, value in arrays.items():
    if bare(name).startswith(("embeddings.", "encoder.layer.")) and value.dtype == np.float32:
        out[bare(name)] = np.ascontiguousarray(value)
for node in graph.node:
    if node.op_type != "Add":
        continue
    for bias, product in (node.input, list(node.input)[::-1]):
        source = by_output.get(product)
        if bias in arrays and source is not None and source.op_type == "MatMul" and source.input[1] in arrays:
            key = bare(bias).removesuffix(".bias") + ".weight"
            out[key] = np.ascontiguousarray(arrays[source.input[1]].T.astype(np.float32))
save_file(out, sys.argv[2])
print(sys.argv[2], len(out), "tensors,", sum(k.endswith("query.weight") for k in out), "layers")
