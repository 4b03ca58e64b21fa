"""Open planners on a reduced season: reads the numbers on standard input, prints routes and processor seconds.

Days stand behind one another on one axis of time. Every peer gets one thread and the same processor time: PyVRP is stopped by the
processor's clock, the others know only the wall's and are run again with more of it where others took the processor away.
"""

import json
import sys
import time
from datetime import datetime, timedelta, timezone

import numpy


class Season:
    """What was given, with times moved to the common axis and money in hundredths."""

    def __init__(self, given):
        self.given = given
        self.places = given["places"]
        self.minutes = numpy.array(given["minutes"], dtype=numpy.int64).reshape(self.places, self.places)
        fares = numpy.array(given["fares"], dtype=numpy.float64).reshape(self.places, self.places)
        self.fares = numpy.rint(fares * 100).astype(numpy.int64)
        self.shift = given["shift"]
        self.vehicles = given["vehicles"]
        self.jobs = given["jobs"]
        self.seconds = given["seconds"]
        self.seed = given["seed"]

    def at(self, number, minute):
        return number * self.shift + minute

    def windows(self, job):
        return sorted((self.at(number, start), self.at(number, end)) for number, start, end in job["windows"])

    def value(self, job):
        return round(job["value"] * 100)


def by_wall(run, seconds):
    """Runs with a limit by the wall's clock that comes to the given processor time."""
    wall = seconds
    while True:
        used, begun = time.process_time(), time.perf_counter()
        answer = run(wall)
        used, passed = time.process_time() - used, time.perf_counter() - begun
        cut_off = passed >= 0.9 * wall
        if not cut_off or used >= 0.85 * seconds:
            return answer, used
        wall *= seconds / max(used, 0.1 * seconds)


def pyvrp(season):
    import pyvrp

    clients, groups = [], []
    of_client = []
    for at, job in enumerate(season.jobs):
        own = []
        for start, end in season.windows(job):
            own.append(len(clients))
            of_client.append(at)
            clients.append(
                pyvrp.Client(
                    job["place"],
                    service_duration=job["stay"],
                    tw_early=start,
                    tw_late=end,
                    prize=season.value(job),
                    required=False,
                    group=len(groups),
                )
            )
        if own:
            groups.append(pyvrp.ClientGroup(own, required=False))
    ends = sorted({vehicle[name] for vehicle in season.vehicles for name in ("from", "to")})
    vehicles = [
        pyvrp.VehicleType(
            start_depot=ends.index(vehicle["from"]),
            end_depot=ends.index(vehicle["to"]),
            tw_early=season.at(vehicle["day"], vehicle["starts"]),
            tw_late=season.at(vehicle["day"], vehicle["ends"]),
        )
        for vehicle in season.vehicles
    ]
    problem = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(season.places)],
        clients=clients,
        depots=[pyvrp.Depot(place) for place in ends],
        vehicle_types=vehicles,
        distance_matrices=[season.fares],
        duration_matrices=[season.minutes],
        groups=groups,
    )
    begun = time.process_time()
    over = lambda _: time.process_time() - begun > season.seconds
    result = pyvrp.solve(problem, stop=over, seed=season.seed, collect_stats=False)
    if not result.is_feasible():
        return [], time.process_time() - begun
    routes = [
        {
            "vehicle": route.vehicle_type(),
            "jobs": [of_client[activity.idx] for activity in route.schedule() if activity.is_client()],
        }
        for route in result.best.routes()
    ]
    return routes, time.process_time() - begun


def ortools(season):
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    # One node for each window of a job, of which one at most is visited: holes in a node's hours stop the insertions.
    visits = [(at, window) for at, job in enumerate(season.jobs) for window in season.windows(job)]
    jobs, vehicles = season.jobs, season.vehicles
    places = [jobs[at]["place"] for at, _ in visits]
    stays = [jobs[at]["stay"] for at, _ in visits] + [0] * (2 * len(vehicles))
    places += [vehicle["from"] for vehicle in vehicles] + [vehicle["to"] for vehicle in vehicles]
    starts = list(range(len(visits), len(visits) + len(vehicles)))
    ends = list(range(len(visits) + len(vehicles), len(places)))
    square = numpy.ix_(places, places)
    costs = season.fares[square].tolist()
    taken = (season.minutes[square] + numpy.array(stays)[:, None]).tolist()
    hours = [(season.at(vehicle["day"], vehicle["starts"]), season.at(vehicle["day"], vehicle["ends"])) for vehicle in vehicles]
    horizon = max(end for _, end in hours)

    def run(wall):
        manager = pywrapcp.RoutingIndexManager(len(places), len(vehicles), starts, ends)
        routing = pywrapcp.RoutingModel(manager)
        routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(costs))
        routing.AddDimension(routing.RegisterTransitMatrix(taken), horizon, horizon, False, "time")
        times = routing.GetDimensionOrDie("time")
        for at, day in enumerate(hours):
            times.CumulVar(routing.Start(at)).SetRange(*day)
            times.CumulVar(routing.End(at)).SetRange(*day)
        of_job = {}
        for node, (at, window) in enumerate(visits):
            index = manager.NodeToIndex(node)
            times.CumulVar(index).SetRange(*window)
            of_job.setdefault(at, []).append(index)
        for at, indices in of_job.items():
            routing.AddDisjunction(indices, season.value(jobs[at]), 1)
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(round(1000 * wall))
        solution = routing.SolveWithParameters(parameters)
        routes = []
        for at in range(len(vehicles)):
            order, index = [], routing.Start(at)
            while solution and not routing.IsEnd(index):
                node = manager.IndexToNode(index)
                if node < len(visits):
                    order.append(visits[node][0])
                index = solution.Value(routing.NextVar(index))
            routes.append({"vehicle": at, "jobs": order})
        return routes

    return by_wall(run, season.seconds)


def vroom(season):
    import vroom

    dearest = max(season.value(job) for job in season.jobs)

    def run(wall):
        given = vroom.Input()
        given.set_durations_matrix("car", season.minutes.astype(numpy.uint32))
        given.set_costs_matrix("car", season.fares.astype(numpy.uint32))
        for at, vehicle in enumerate(season.vehicles):
            hours = (season.at(vehicle["day"], vehicle["starts"]), season.at(vehicle["day"], vehicle["ends"]))
            given.add_vehicle(
                vroom.Vehicle(at, start=vehicle["from"], end=vehicle["to"], time_window=vroom.TimeWindow(*hours))
            )
        for at, job in enumerate(season.jobs):
            windows = [vroom.TimeWindow(*window) for window in season.windows(job)]
            if windows:
                # Priorities go from 0 to 100: the nearest thing to a value that VROOM knows.
                priority = max(1, round(100 * season.value(job) / dearest))
                given.add_job(
                    vroom.Job(
                        at, job["place"], default_service=job["stay"], priority=priority, time_windows=windows
                    )
                )
        answer = given.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=wall))
        routes = {}
        for route in json.loads(json.dumps(answer.to_dict()))["routes"]:
            routes[route["vehicle"]] = [step["id"] for step in route["steps"] if step["type"] == "job"]
        return [{"vehicle": vehicle, "jobs": jobs} for vehicle, jobs in routes.items()]

    return by_wall(run, season.seconds)


def vrp_cli(season):
    import vrp_cli

    epoch = datetime(2024, 1, 1, tzinfo=timezone.utc)
    instant = lambda at: (epoch + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%SZ")
    place = lambda at: {"index": at}
    vehicles = []
    for at, vehicle in enumerate(season.vehicles):
        leaves = {"earliest": instant(season.at(vehicle["day"], vehicle["starts"])), "location": place(vehicle["from"])}
        returns = {"latest": instant(season.at(vehicle["day"], vehicle["ends"])), "location": place(vehicle["to"])}
        vehicles.append(
            {
                "typeId": f"{at}",
                "vehicleIds": [f"v{at}"],
                "profile": {"matrix": "car"},
                "costs": {"fixed": 0.0, "distance": 1.0, "time": 0.0},
                "shifts": [{"start": leaves, "end": returns}],
                "capacity": [len(season.jobs)],
            }
        )
    jobs = []
    for at, job in enumerate(season.jobs):
        times = [[instant(start), instant(end)] for start, end in season.windows(job)]
        if times:
            visit = {"location": place(job["place"]), "duration": float(job["stay"]), "times": times}
            jobs.append({"id": f"{at}", "services": [{"places": [visit]}], "value": max(1.0, float(season.value(job)))})
    problem = {
        "plan": {"jobs": jobs},
        "fleet": {"vehicles": vehicles, "profiles": [{"name": "car"}]},
        "objectives": [[{"type": "maximize-value"}], [{"type": "minimize-cost"}]],
    }
    # The matrix must end with the last place that is named.
    ends = [vehicle[name] for vehicle in season.vehicles for name in ("from", "to")]
    size = 1 + max(ends + [job["place"] for job in season.jobs])
    matrix = {
        "profile": "car",
        "travelTimes": season.minutes[:size, :size].flatten().tolist(),
        "distances": season.fares[:size, :size].flatten().tolist(),
    }
    problem, matrix = json.dumps(problem), json.dumps(matrix)

    def run(wall):
        config = {
            "termination": {"maxTime": max(1, round(wall))},
            "environment": {"parallelism": {"numThreadPools": 1, "threadsPerPool": 1}, "logging": {"enabled": False}},
        }
        answer = json.loads(vrp_cli.solve_pragmatic(problem=problem, matrices=[matrix], config=json.dumps(config)))
        routes = []
        for tour in answer["tours"]:
            order = [
                int(activity["jobId"])
                for stop in tour["stops"]
                for activity in stop["activities"]
                if activity["type"] == "service"
            ]
            routes.append({"vehicle": int(tour["typeId"]), "jobs": order})
        return routes

    return by_wall(run, season.seconds)


def main():
    given = json.load(sys.stdin)
    routes, seconds = {"pyvrp": pyvrp, "or-tools": ortools, "vroom": vroom, "vrp-cli": vrp_cli}[given["peer"]](Season(given))
    # The last line is the answer; peers print what they like before it.
    print()
    print(json.dumps({"routes": routes, "seconds": seconds}))


main()
