"""The same network tasks with Python's usual libraries; prints CPU seconds as JSON, null for what is not installed."""
import json
import sys
import time

folder = sys.argv[1]


def measured(task):
    started = time.process_time()
    answer = task()
    return time.process_time() - started, answer


def scipy_access():
    import numpy
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    links = numpy.fromfile(folder + "/links.f64").reshape(-1, 3)
    starts = numpy.fromfile(folder + "/starts.f64").astype(int)
    nodes = int(max(links[:, 0].max(), links[:, 1].max())) + 1
    graph = csr_matrix((links[:, 2], (links[:, 0].astype(int), links[:, 1].astype(int))), shape=(nodes, nodes))
    seconds, reached = measured(lambda: dijkstra(graph, directed=False, indices=starts, limit=800, min_only=True))
    finite = reached[numpy.isfinite(reached)]
    return {"seconds": seconds, "check": float(finite.sum())}


def skimage_cost():
    import numpy
    from skimage.graph import MCP_Geometric

    grid = numpy.fromfile(folder + "/grid.f64")
    side = int(len(grid) ** 0.5)
    cells = numpy.fromfile(folder + "/cells.f64").astype(int)
    search = MCP_Geometric(grid.reshape(side, side))
    seconds, answer = measured(lambda: search.find_costs([(cell // side, cell % side) for cell in cells])[0])
    return {"seconds": seconds, "check": float(answer.sum())}


def habitat(name):
    import numpy

    areas = numpy.fromfile(f"{folder}/{name}-areas.f64")
    links = numpy.fromfile(f"{folder}/{name}-links.f64").reshape(-1, 3)
    return areas, links, numpy.fromfile(f"{folder}/rate.f64")[0]


def pc_igraph(name):
    import igraph
    import numpy

    areas, links, rate = habitat(name)
    graph = igraph.Graph(n=len(areas), edges=links[:, :2].astype(int).tolist())

    def compute():
        far = numpy.array(graph.distances(weights=links[:, 2].tolist()))
        return float(areas @ numpy.exp(-rate * far) @ areas)

    seconds, answer = measured(compute)
    return {"seconds": seconds, "check": answer}


def pc_networkx(name):
    import math
    import networkx

    areas, links, rate = habitat(name)
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(areas)))
    for start, end, length in links:
        start, end = int(start), int(end)
        if not graph.has_edge(start, end) or graph[start][end]["weight"] > length:
            graph.add_edge(start, end, weight=length)

    def pc(of):
        return sum(
            areas[start] * areas[end] * math.exp(-rate * far)
            for start, ways in networkx.all_pairs_dijkstra_path_length(of)
            for end, far in ways.items()
        )

    seconds, answer = measured(lambda: pc(graph))
    return {"seconds": seconds, "check": float(answer)}


def attempt(task, *inputs):
    try:
        return task(*inputs)
    except ImportError:
        return None


print(
    json.dumps(
        {
            "scipy": attempt(scipy_access),
            "skimage": attempt(skimage_cost),
            "igraph500": attempt(pc_igraph, "p500"),
            "igraph2000": attempt(pc_igraph, "p2000"),
            "networkx500": attempt(pc_networkx, "p500"),
        }
    )
)
